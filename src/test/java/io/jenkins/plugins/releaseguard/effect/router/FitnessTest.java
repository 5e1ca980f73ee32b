// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F11: what a reload, an agent or another process would undo is said before anybody is given to the canary. */
class FitnessTest {
    private static final String COLUMNS = "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state"
            + " srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result"
            + " srv_check_health srv_check_state srv_agent_state";
    private static final String LATER = " bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl"
            + " srv_check_port srv_check_addr srv_agent_addr srv_agent_port";

    private static String stat(String cookie, String algorithm) {
        return "# pxname,svname,scur,stot,status,weight,bck,cookie,algo\napp,old,1,100,UP,100,0,,\n"
                + "app,new,0,7,UP,0,0,,\napp,BACKEND,0,0,UP,100,0," + cookie + "," + algorithm + "\n\n";
    }

    private static String states(String initial, String admin, String agent, String agentOfOld) {
        return "1\n" + COLUMNS + LATER + "\n3 app 1 old 10.0.0.1 2 0 100 100 9 1 0 2 0 " + agentOfOld
                + " 0 0 - 80 - 0 0 - - 0\n3 app 2 new 10.0.0.2 2 " + admin + " 0 " + initial + " 9 1 0 2 0 " + agent
                + " 0 0 - 80 - 0 0 - - 0\n4 other 1 new 10.0.0.2 2 0 9 9 9 1 0 2 0 22 0 0 - 80 - 0 0 - - 0\n\n";
    }

    private static String info(int processes, int number, int pid) {
        return "Name: HAProxy\nVersion: 2.4.1\nNbthread: 4\nNbproc: " + processes + "\nProcess_num: " + number
                + "\nPid: " + pid + "\nnode: lb\n\n";
    }

    private static String unfit(String said, boolean agentsKeepWeights) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> said)) {
            HaproxySettings settings = HaproxySettings.of(api.address(), "app", "new", "old");
            return new HaproxyRouter(agentsKeepWeights ? settings.withAgentsThatKeepWeights() : settings)
                    .read()
                    .ground()
                    .unfit();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "as it should be        | 0   | 0 | 0  | 0  | false |",
                "a weight in the file   | 100 | 0 | 0  | 0  | false | server 'new' has weight 100 in haproxy.cfg",
                "the weight that is usual | 1 | 0 | 0  | 0  | false | write 'weight 0' there",
                "disabled in the file   | 100 | 5 | 0  | 0  | false |",
                "disabled, with an agent | 100 | 5 | 22 | 0 | true  | has weight 100",
                "an agent of the canary | 0   | 0 | 22 | 0  | false | agent-check is on for new",
                "an agent of a baseline | 0   | 0 | 0  | 22 | false | agent-check is on for old",
                "one that is switched off | 0 | 0 | 18 | 18 | false |",
                "agents that only say up | 0  | 0 | 22 | 22 | true  |",
                "no number              | x   | 0 | 0  | 0  | false | nobody knows what a reload brings back",
                "a weight below nothing | -1  | 0 | 0  | 0  | false | nobody knows what a reload brings back",
                "a number without end   | 99999999999999999999 | 0 | 0 | 0 | false | nobody knows",
            })
    void whatTheFileAndAgentsWouldBringBackIsSaid(
            String name, String initial, String admin, String agent, String agentOfOld, boolean keep, String why)
            throws Exception {
        String unfit = unfit(stat("", "roundrobin") + states(initial, admin, agent, agentOfOld) + info(1, 1, 7), keep);
        if (why == null) {
            assertThat(unfit).isNull();
        } else {
            assertThat(unfit).contains(why);
        }
    }

    @Test
    void cookiesAndAlgorithmsSpeakAgainstItToo() throws Exception {
        String rest = states("0", "0", "0", "0") + info(1, 1, 7);
        assertThat(unfit(stat("SRV", "roundrobin") + rest, false)).contains("cookie 'SRV'", "maintenance at 0 %");
        assertThat(unfit(stat("", "first") + rest, false)).contains("balance first");
        assertThat(unfit(stat("", "leastconn") + rest, false)).isNull();
    }

    /** What {@code show table} with a filter by what only sticking tables keep answers. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "one that sticks   | # table: app, type: ip, size:1024, used:0 | by its stick table",
                "one that counts   | Filter entry #1: Data type not stored in this table |",
                "none              | No such table |",
                "another backend's | # table: app2, type: ip, size:1024, used:0 |",
                "an old version    | Unknown command |",
            })
    void tablesThatLeadBackSpeakAgainstItToo(String name, String table, String why) throws Exception {
        String said = stat("", "roundrobin") + states("0", "0", "0", "0") + table + "\n\n" + info(1, 1, 7);
        if (why == null) {
            assertThat(unfit(said, false)).isNull();
        } else {
            assertThat(unfit(said, false)).contains(why, "maintenance at 0 %");
        }
    }

    /** Older and newer versions have other columns; what can't be read is no word for it. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "Can't find backend.\n\n",
                "Permission denied\n\n",
                "1\n# be_id be_name srv_id\n3 app 1\n\n",
                "1\n" + COLUMNS + "\n3 app 1 old\n\n",
                "1\n" + COLUMNS + "\n3 app 1 old 10.0.0.1 2 0 100 100 9 1 0 2 0 0\n\n",
                "2\n# be_id totally different\n\n",
                "1\n" + COLUMNS + "\n\u0000\u0001\n\n",
            })
    void whatIsNotToldSpeaksAgainstIt(String states) throws Exception {
        assertThat(unfit(stat("", "roundrobin") + states + info(1, 1, 7), false))
                .isNotNull();
    }

    @Test
    void columnsThatComeLaterAreNotNeeded() throws Exception {
        String early = "1\n" + COLUMNS + "\n3 app 1 old 10.0.0.1 2 0 100 100 9 1 0 2 0 0\n"
                + "3 app 2 new 10.0.0.2 2 0 0 0 9 1 0 2 0 0\n\n";
        assertThat(unfit(stat("", "roundrobin") + early + info(1, 1, 7), false)).isNull();
        assertThat(unfit(stat("", "roundrobin") + early, false)).contains("which process");
    }

    /** Each process has weights of its own, and so has each balancer. */
    @Test
    void allProcessesMustBeAsked() throws Exception {
        String rest = stat("", "roundrobin") + states("0", "0", "0", "0");
        assertThat(unfit(rest + info(2, 1, 7), false)).contains("runs 2 processes (nbproc), and 1 of them");
        try (FakeRuntimeApi one = new FakeRuntimeApi(l -> rest + info(2, 1, 7));
                FakeRuntimeApi two = new FakeRuntimeApi(l -> rest + info(2, 2, 8))) {
            HaproxyRouter both =
                    new HaproxyRouter(HaproxySettings.of(one.address() + ", " + two.address(), "app", "new", "old"));
            RouterReading reading = both.read();
            assertThat(reading.ground().unfit()).isNull();
            assertThat(reading.canaryRequests()).isEqualTo(14);
            assertThat(reading.ground().process()).contains("pid 7 at lb", "pid 8 at lb");
        }
    }

    @Test
    void balancersThatDifferAreNoShare() throws Exception {
        String rest = states("0", "0", "0", "0") + info(1, 1, 7);
        String shifted = stat("", "roundrobin").replace("app,new,0,7,UP,0", "app,new,3,7,UP,100");
        List<String> said = new CopyOnWriteArrayList<>();
        try (FakeRuntimeApi one = new FakeRuntimeApi(l -> {
                    said.add("one " + l);
                    return l.startsWith("show") ? shifted + rest : "\n";
                });
                FakeRuntimeApi two = new FakeRuntimeApi(l -> {
                    said.add("two " + l);
                    return l.startsWith("show") ? stat("", "roundrobin") + rest : "Permission denied\n";
                })) {
            HaproxyRouter both =
                    new HaproxyRouter(HaproxySettings.of(two.address() + "," + one.address(), "app", "new", "old"));
            RouterReading reading = both.read();
            assertThat(reading.weight()).isNaN();
            assertThat(reading.canarySessions()).isEqualTo(3);
            assertThat(reading.ground().idle()).contains(one.address() + " gives 50.00 %", two.address() + " gives 0");
            // one that refuses keeps no other from being told
            assertThatThrownBy(() -> both.shift(0)).hasMessageContaining("Permission denied");
            assertThat(said).anyMatch(l -> l.startsWith("one set") && l.contains("app/new weight 0%"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"localhost:1,", "a:1, b:2", "/run/a.sock,/run/b.sock"})
    void severalAddressesAreTaken(String address) {
        assertThat(HaproxySettings.of(address, "app", "new", "old").addresses()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {",", "a:1,localhost", "a:1,a:01", "localhost:9,127.0.0.1:9"})
    void addressesThatCanNotBeAreRefused(String address) {
        assertThatThrownBy(() -> HaproxySettings.of(address, "app", "new", "old"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachBalancerHasItsMaster() {
        HaproxySettings two = HaproxySettings.of("a:1,b:1", "app", "new", "old");
        assertThat(two.withMasters(List.of("a:2", "b:2")).masters()).hasSize(2);
        assertThatThrownBy(() -> two.withMasters(List.of("a:2"))).hasMessageContaining("one for each");
    }
}
