// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F5: shares are planned for those who serve now, and a reading says of whom it speaks. */
class ServingTest {
    /** As versions have it: before 2.0 without what was set, since 2.4 with columns behind it, some with a field in quotes. */
    private static final List<String> HEADS = List.of(
            "# pxname,svname,scur,stot,status,weight,act,bck,throttle",
            "# pxname,svname,scur,stot,status,weight,act,bck,throttle,algo,cookie,uweight,agg_server_status",
            "# pxname,svname,last_chk,scur,stot,status,weight,act,bck,throttle,algo,uweight,");

    /** Server by server: name, status, weight as set, percent of its slow start, backup. */
    private static String table(String head, String servers) {
        StringBuilder text = new StringBuilder(head).append('\n');
        text.append(row(head, "FRONTEND", "OPEN", "", "", "", ""));
        for (String server : servers.trim().split("\\s*;\\s*")) {
            String[] s = server.split(" +");
            String status = s[1].replace('_', ' ');
            int set = Integer.parseInt(s[2]);
            boolean slow = s.length > 3 && !s[3].equals("backup");
            int weight = slow ? (int) Math.ceil(set * Integer.parseInt(s[3]) / 100.0) : set;
            boolean backup = server.endsWith("backup");
            text.append(row(head, s[0], status, Integer.toString(weight), s[2], slow ? s[3] : "", backup ? "1" : "0"));
        }
        return text.append(row(head, "BACKEND", "UP", "9", "", "", ""))
                .append("\n\n")
                .toString();
    }

    private static String row(
            String head, String name, String status, String weight, String set, String throttle, String backup) {
        List<String> fields = new ArrayList<>();
        for (String column : head.substring(2).split(",", -1)) {
            fields.add(
                    switch (column) {
                        case "pxname" -> "app";
                        case "svname" -> name;
                        case "status" -> status;
                        case "weight" -> weight;
                        case "uweight" -> set;
                        case "throttle" -> throttle;
                        case "bck" -> backup;
                        case "algo" -> name.equals("BACKEND") ? "roundrobin" : "";
                        case "last_chk" -> "\"said \"\"no\"\", then yes\"";
                        case "scur", "stot" -> "0";
                        default -> "";
                    });
        }
        return String.join(",", fields) + "\n";
    }

    /** What is set, once carried out, gives the share that was asked, by the weights of those who serve. */
    @ParameterizedTest(name = "{0} % of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // one backup, and baselines not named
                "10 | old no_check 100; new no_check 0; sorry no_check 1 backup | *",
                "10 | old UP 100; new UP 0; sorry UP 100 backup; sorry2 DOWN 100 backup | *",
                // one of three is away, whatever keeps it
                "10 | old1 UP 100; old2 UP 100; old3 DOWN 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 MAINT 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 MAINT_(via_app/old1) 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 MAINT_(resolution) 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 DRAIN 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 DRAIN_(agent) 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 NOLB 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 NOLB_1/3 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 DOWN_(agent) 100; new UP 0 | old*",
                "10 | old1 UP 100; old2 UP 100; old3 DOWN_1/2 100; new UP 0 | old*",
                // one that fails its checks still serves until it is down
                "10 | old1 UP 100; old2 UP_1/3 100; new UP 0 | old*",
                // spare slots of a template
                "10 | srv1 no_check 100; srv2 no_check 100; spare1 MAINT 100; spare2 MAINT 100; spare3 MAINT 100;"
                        + " spare4 MAINT 100; spare5 MAINT 100; spare6 MAINT 100; new no_check 0 | *",
                "25 | srv1 UP 100; srv2 MAINT 1; srv3 MAINT 1; new UP 0 | srv*",
                // canaries that are away
                "10 | old1 UP 100; old2 UP 100; new1 UP 0; new2 DOWN 0; new3 MAINT 0 | old*",
                // slow starts
                "10 | old1 UP 100; old2 UP 100 25; new UP 0 | old*",
                "50 | old1 UP 100 10; new UP 0 | old*",
                "20 | old1 UP 100; old2 UP 100; new UP 0 50 | old*",
                // servers on neither side keep what they have
                "10 | old1 UP 100; other UP 100; new UP 0 | old1",
                "30 | old1 UP 3; other UP 2; else DOWN 200; new UP 0 | old1",
            })
    void theShareIsOfThoseWhoServe(double percent, String servers, String baselines) throws Exception {
        for (String head : HEADS) {
            String before = table(head, servers);
            try (FakeRuntimeApi api = new FakeRuntimeApi(l -> l.startsWith("show") ? before : "\n")) {
                HaproxySettings settings = HaproxySettings.of(
                        api.address(), "app", List.of("new*"), baselines.equals("*") ? List.of() : List.of(baselines));
                new HaproxyRouter(settings).shift(percent);
                String said = String.join(";", api.asked);
                StringBuilder after = new StringBuilder();
                for (String server : servers.trim().split("\\s*;\\s*")) {
                    String[] s = server.split(" +");
                    int at = said.indexOf("set server app/" + s[0] + " weight ");
                    if (at >= 0) {
                        s[2] = said.substring(said.indexOf("weight ", at) + 7).split("[;%]")[0];
                    }
                    after.append(String.join(" ", s)).append(';');
                }
                StatTable read = StatTable.read(table(HEADS.get(1), after.toString()), "app")
                        .orElseThrow();
                double canary = 0;
                double all = 0;
                for (StatTable.Server server : read.servers()) {
                    double weight = server.effectiveWeight() == 0 ? 0 : server.set() * server.throttle() / 100.0;
                    all += weight;
                    canary += server.name().startsWith("new") ? weight : 0;
                }
                assertThat(100 * canary / all).as(said).isCloseTo(percent, within(0.05 * percent));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "old UP 100; new UP 0 | canary 0, baseline 100 | ''",
                "old1 UP 3; old2 UP 3; old3 DOWN 3; new UP 1 | canary 1, baseline 3 | old3 DOWN",
                "old1 UP 3; old2 DOWN_1/2 5; old3 DOWN 3; new MAINT 1 | canary 1, baseline 3 5 | old2 old3 DOWN, new MAINT",
                "old UP 100; new UP 0; sorry UP 1 backup | canary 0, baseline 100 | sorry backup",
                "old UP 100 40; new UP 0 | canary 0, baseline 100 | old slowstart 40 %",
                "old DOWN 100; new UP 0; sorry UP 1 backup | canary 0, baseline 100 | old DOWN",
            })
    void aReadingSaysWhatWasSetAndWhoTakesLess(String servers, String set, String idle) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> table(HEADS.get(1), servers))) {
            RouterGround ground = new HaproxyRouter(HaproxySettings.of(api.address(), "app", List.of("new"), List.of()))
                    .read()
                    .ground();
            assertThat(ground.set()).isEqualTo(set);
            assertThat(ground.idle()).isEqualTo(idle);
        }
    }

    /** A backup takes requests when nobody else can: a canary that is one then has users, whatever the others' weights say. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "old DOWN 100; new UP 1 backup | 100 | false",
                "old UP 100; new UP 1 backup | 0 | true",
                "old UP 0; new DOWN 1 backup | 0 | false",
                "old DOWN 100; new UP 0; sorry UP 1 backup | 0 | false",
                "old DOWN 100; new UP 1; sorry UP 1 backup | 100 | false",
            })
    void backupsServeWhenNobodyElseCan(String servers, double share, boolean serving) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> table(HEADS.get(1), servers))) {
            RouterReading reading =
                    new HaproxyRouter(HaproxySettings.of(api.address(), "app", List.of("new"), List.of())).read();
            assertThat(reading.weight()).isEqualTo(share);
            assertThat(reading.baselineServing()).isEqualTo(serving);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "first | old UP 100; new UP 0 | has 'balance first'",
                "static-rr | old UP 100; new UP 0 | static LB algorithm",
                "roundrobin | old UP 100; new UP 0 backup | server 'new' is a backup",
                "leastconn | old UP 100 backup; new UP 0 | baseline servers of backend 'app' are backups",
            })
    void whatCanHaveNoShareIsSaidAndNothingIsSet(String algorithm, String servers, String why) throws Exception {
        String table = table(HEADS.get(1), servers).replace("roundrobin", algorithm);
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> l.startsWith("show") ? table : "\n")) {
            HaproxyRouter router =
                    new HaproxyRouter(HaproxySettings.of(api.address(), "app", List.of("new"), List.of("old")));
            assertThat(catchThrowable(() -> router.shift(10))).hasMessageContaining(why);
            assertThat(api.asked).noneMatch(l -> l.startsWith("set"));
            // the way back is open to all of them
            router.shift(0);
            assertThat(String.join(";", api.asked)).contains("set server app/new weight 0%");
        }
    }

    /** A thousand slots make no long record, and one more that goes away is another text. */
    @Test
    void manyServersAreCounted() {
        List<StatTable.Server> servers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            servers.add(new StatTable.Server("s" + i, i < 500 ? "UP" : "MAINT", false, i % 100, 0, 0));
        }
        String idle = new Serving(servers).idle();
        assertThat(idle).isEqualTo("s500 s501 s502 s503 s504 and 495 more MAINT");
        servers.set(3, new StatTable.Server("s3", "MAINT", false, 3, 0, 0));
        assertThat(new Serving(servers).idle()).isNotEqualTo(idle);
        assertThat(new Serving(servers).set(servers, List.of())).hasSizeLessThan(60);
    }
}
