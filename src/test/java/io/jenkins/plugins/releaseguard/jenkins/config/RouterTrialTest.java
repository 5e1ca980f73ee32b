// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.effect.router.RouterGround;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The router form's test says what a release would be held for and told before its first users; F11 and a canary in a backend of its own. */
@WithJenkins
class RouterTrialTest {
    private static final String FILE = "/etc/haproxy/canary.map";
    private static final String STAT = "# pxname,svname,scur,stot,status,weight,bck,cookie,algo\n"
            + "app,old,1,100,UP,100,0,,\napp,new,0,7,UP,0,0,,\napp,BACKEND,1,107,UP,100,0,,roundrobin\n"
            + "app-new,new,0,7,UP,1,0,,\napp-new,BACKEND,0,7,UP,1,0,,roundrobin\n\n";
    private static final String MAPS = "# id (file) description\n4 (" + FILE
            + ") pattern loaded from file '" + FILE + "' used by map at file 'h.cfg' line 10. curr_ver=0\n\n"
            + "0x55b4336650c0 app 0\n\n";

    private static HaproxySetup setup(String address, boolean map) {
        HaproxySetup setup = new HaproxySetup("r", address, "app", map ? "" : "new", map ? "" : "old");
        if (map) {
            setup.setCanaryBackend("app-new");
            setup.setMap(FILE);
            setup.setMapKey("app");
            setup.setMapParts(1000);
        }
        return setup;
    }

    private static FormValidation tried(JenkinsRule jenkins, HaproxySetup s) throws Exception {
        return jenkins.jenkins
                .getDescriptorByType(HaproxySetup.DescriptorImpl.class)
                .doTestConnection(
                        null,
                        s.getId(),
                        s.getAddress(),
                        s.getBackend(),
                        s.getCanary(),
                        s.getBaseline(),
                        s.getMasters(),
                        s.isMaintenanceAtZero(),
                        s.isAgentsKeepWeights(),
                        s.getCanaryBackend(),
                        s.getMap(),
                        s.getMapKey(),
                        Integer.toString(s.getMapParts()));
    }

    /** Each precondition is said by the button in the words that hold a release. */
    @Test
    void theButtonSaysWhatHoldsARelease(JenkinsRule jenkins) throws Exception {
        String well = STAT + FakeRuntimeApi.fit("app", "new");
        Map<String, UnaryOperator<String>> weights = new LinkedHashMap<>();
        weights.put("has weight 100 in haproxy.cfg", s -> s.replace("2 0 0 0 9 1", "2 0 0 100 9 1"));
        weights.put("agent-check is on for new", s -> s.replace("0 2 0 0\n", "0 2 0 22\n"));
        weights.put("by the cookie 'SRV'", s -> s.replace("107,UP,100,0,,round", "107,UP,100,0,SRV,round"));
        weights.put("balance first", s -> s.replace("107,UP,100,0,,roundrobin", "107,UP,100,0,,first"));
        weights.put("static LB algorithm", s -> s.replace("107,UP,100,0,,roundrobin", "107,UP,100,0,,static-rr"));
        weights.put("'new' is a backup", s -> s.replace("app,new,0,7,UP,0,0", "app,new,0,7,UP,0,1"));
        weights.put("are backups", s -> s.replace("app,old,1,100,UP,100,0", "app,old,1,100,UP,100,1"));
        weights.put("runs 2 processes (nbproc)", s -> s.replace("Nbproc: 1", "Nbproc: 2"));
        weights.put("doesn't say which process", s -> s.replace("Pid: 7", "Pid: x"));
        weights.put("is no table", s -> s.replace("# be_id", "# other"));
        for (Map.Entry<String, UnaryOperator<String>> one : weights.entrySet()) {
            assertHeld(jenkins, one.getKey(), one.getValue().apply(well), false);
        }
        String maps = STAT + MAPS + "Name: HAProxy\nNbproc: 1\nPid: 7\nnode: fake\n\n";
        Map<String, UnaryOperator<String>> map = new LinkedHashMap<>();
        map.put("no server of backend 'app-new'", s -> s.replace("app-new,new,0,7,UP", "app-new,new,0,7,DOWN"));
        map.put("reads the map '" + FILE + "'", s -> s.replace("used by map", "used by acl"));
        map.put("which is no whole number from 0 to 1000", s -> s.replace("app 0\n", "app on\n"));
        map.put("runs 2 processes (nbproc)", s -> s.replace("Nbproc: 1", "Nbproc: 2"));
        for (Map.Entry<String, UnaryOperator<String>> one : map.entrySet()) {
            assertHeld(jenkins, one.getKey(), one.getValue().apply(maps), true);
        }
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> maps.replace("app,old,1,100,UP", "app,old,1,100,DOWN"))) {
            FormValidation found = tried(jenkins, setup(api.address(), true));
            assertThat(found.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(words(found)).contains("no baseline server takes requests");
        }
    }

    private static void assertHeld(JenkinsRule jenkins, String why, String said, boolean map) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> said)) {
            HaproxySetup setup = setup(api.address(), map);
            RouterGround held = setup.connect(jenkins.jenkins).read().ground();
            FormValidation found = tried(jenkins, setup);
            assertThat(held.unfit()).as(why).contains(why);
            assertThat(found.kind).as(why).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(words(found)).contains(held.unfit());
        }
    }

    /** What can't be asked is told by the button, and stands in a release's log before anything moves. */
    @Test
    void whatNobodyCanAskIsToldByTheButtonAndWhenAReleaseIsArmed(JenkinsRule jenkins) throws Exception {
        String maps = STAT + MAPS + "Name: HAProxy\nNbproc: 1\nPid: 7\nnode: fake\n\n";
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> maps)) {
            FormValidation found = tried(jenkins, setup(api.address(), true));
            assertThat(found.kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(words(found))
                    .contains("It answers; the canary has 0 %", "without the master's socket", "rand(1000)", FILE);
        }
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins, "canaryPromote(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { }");
            jenkins.waitForMessage("without the master's socket nobody can ask the old workers", run);
            checkout.awaitCanary();
            String log = run.getLog();
            assertThat(log.indexOf("The router 'proxy': without the master's socket"))
                    .isGreaterThan(0);
            jenkins.waitForCompletion(run);
        }
    }

    /** Files and the form's checks take the map's fields, refuse what can be no map, and older files have none. */
    @Test
    void filesAndChecksTakeAMap(JenkinsRule jenkins) throws Exception {
        HaproxySetup read = (HaproxySetup) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(setup("127.0.0.1:1", true)));
        assertThat(read.getCanaryBackend()).isEqualTo("app-new");
        assertThat(read.getMap()).isEqualTo(FILE);
        assertThat(read.getMapKey()).isEqualTo("app");
        assertThat(read.getMapParts()).isEqualTo(1000);
        assertThat(read.lacks()).isEmpty();
        assertThat(read.recorded().orElseThrow().map().of()).isEqualTo(1000);
        HaproxySetup old = (HaproxySetup) Jenkins.XSTREAM2.fromXML(
                "<io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup><id>r</id><address>127.0.0.1:1</address>"
                        + "<backend>app</backend><canary>new</canary><baseline>old</baseline>"
                        + "</io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup>");
        assertThat(old.getMapParts()).isEqualTo(100);
        assertThat(old.recorded().orElseThrow().map()).isNull();

        HaproxySetup.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(HaproxySetup.DescriptorImpl.class);
        assertThat(form.doCheckMap(null, FILE, "app", "100", "app-new").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckMap(null, FILE, "", "", "app-new").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckMap(null, "", "", "", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(words(form.doCheckMap(null, "/a b", "app", "100", "app-new")))
                .contains("can't be the file of a map");
        assertThat(words(form.doCheckMap(null, FILE, "a;b", "100", "app-new"))).contains("can't be the key");
        assertThat(words(form.doCheckMap(null, FILE, "app", "1", "app-new"))).contains("A map in parts of 1");
        assertThat(words(form.doCheckMap(null, FILE, "app", "many", "app-new"))).contains("rand(...)");
        assertThat(words(form.doCheckMap(null, FILE, "app", "100", ""))).contains("no backend of the canary");
        assertThat(form.doCheckCanary(null, "", "app-new").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckCanary(null, "", "").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    private static String words(FormValidation found) {
        return found.getMessage().replace("&#039;", "'").replace("&quot;", "\"");
    }
}
