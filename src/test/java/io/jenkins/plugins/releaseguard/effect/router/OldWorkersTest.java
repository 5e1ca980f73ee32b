// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F11: a reload leaves the old worker with the users that it has; it is told, and asked. */
class OldWorkersTest {
    private static final String NOW = "# pxname,svname,scur,stot,status,weight,bck\napp,old,1,100,UP,100,0\n"
            + "app,new,0,7,UP,0,0\n\n" + FakeRuntimeApi.fit("app", "new");
    private static final String PROC = """
            #<PID>          <type>          <reloads>       <uptime>        <version>
            1               master          1 [failed: 0]   0d00h10m25s     2.6.12
            # workers
            7               worker          0               0d00h00m02s     2.6.12
            # old workers
            5               worker          1               0d00h10m25s     2.6.12
            # programs

            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "connections to the canary     | 16 | UP | 100 | still carries 16 connections to the canary",
                "and clients that may ask more | 0  | UP | 100 | still sends its clients' requests to the canary",
                "neither                       | 0  | UP | 0   |",
                "a canary in maintenance       | 0  | MAINT | 100 |",
                "a count that is none          |    | UP | 0   | carries unknown connections",
            })
    void theyAreAskedThroughTheMaster(String name, String open, String status, int weight, String elsewhere)
            throws Exception {
        String then = "# pxname,svname,scur,stot,status,weight,bck\napp,old,1,100,UP,100,0\napp,new,"
                + (open == null ? "" : open) + ",40," + status + "," + weight + ",0\n\n";
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> NOW);
                FakeRuntimeApi master = new FakeRuntimeApi(l -> l.startsWith("show proc") ? PROC : then)) {
            RouterReading reading = new HaproxyRouter(HaproxySettings.of(api.address(), "app", "new", "old")
                            .withMasters(List.of(master.address())))
                    .read();
            assertThat(master.asked).containsExactly("show proc;quit", "@!5 show stat -1 6 -1;quit");
            assertThat(reading.canaryRequests()).isEqualTo(47);
            assertThat(reading.ground().unfit()).isNull();
            assertThat(reading.ground().process()).isNull();
            if (elsewhere == null) {
                assertThat(reading.ground().elsewhere()).isNull();
            } else {
                assertThat(reading.ground().elsewhere()).contains("old worker 5", elsewhere);
            }
        }
    }

    /** {@code masters} of a set-up: old workers refuse to set weights; what can be done is to end the canary's sessions, and no others. */
    @Test
    void theWayBackEndsTheCanarysSessionsInEachOfThem() throws Exception {
        String sessions = """
                0x5581c0de: proto=tcpv4 src=10.1.1.1:5 fe=front be=app srv=new ts=00 epoch=0 age=1s calls=2
                0x5581c0df: proto=tcpv4 src=10.1.1.1:6 fe=front be=app srv=old ts=00 epoch=0 age=1s calls=2
                0x5581c0e0: proto=tcpv4 src=10.1.1.1:7 fe=front be=other srv=new ts=00 age=1s calls=2
                0x5581c0e1: proto=unix_stream src=unix:1 fe=GLOBAL be=<NONE> srv=<none> ts=00 age=0s calls=1
                0x;@!5 quit: be=app srv=new x

                """;
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> l.startsWith("show") ? NOW : "\n");
                FakeRuntimeApi master = new FakeRuntimeApi(l -> l.startsWith("show proc")
                        ? PROC
                        : l.contains("show sess") ? sessions : "Proxy is disabled.\n")) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withMasters(List.of(master.address())));
            router.shift(25);
            assertThat(master.asked).isEmpty();
            router.shift(0);
            assertThat(master.asked)
                    .containsExactly("show proc;quit", "@!5 show sess;quit", "@!5 shutdown session 0x5581c0de;quit");
        }
    }

    @Test
    void oneThatIsGoneWhenItIsAskedIsUnknownUntilTheNextReading() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> l.startsWith("show") ? NOW : "\n");
                FakeRuntimeApi master = new FakeRuntimeApi(l -> l.startsWith("show proc") ? PROC : "")) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withMasters(List.of(master.address())));
            assertThat(router.read().ground().elsewhere()).contains("old worker 5 does not say");
            router.shift(0);
        }
    }

    /** What is no table of workers, or of another master, is no word about old ones. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Unknown command | does not answer 'show proc' with a table",
                "#<PID> <type>\\n# workers\\n# old workers\\n | does not answer 'show proc' with a table",
                "#<PID> <type>\\n# workers\\nx worker\\n | does not answer 'show proc' with a table",
                "#<PID> <type>\\n1 master\\n# workers\\n9 worker 0\\n# programs\\n | is no worker of",
                "#<PID> <type> <relative PID> <reloads>\\n1 master 0 0\\n# workers\\n7 worker 1 0\\n# programs\\n |",
            })
    void aMasterThatCanNotTellIsNoMaster(String proc, String unfit) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> NOW);
                FakeRuntimeApi master = new FakeRuntimeApi(l -> proc.replace("\\n", "\n") + "\n")) {
            RouterGround ground = new HaproxyRouter(HaproxySettings.of(api.address(), "app", "new", "old")
                            .withMasters(List.of(master.address())))
                    .read()
                    .ground();
            if (unfit == null) {
                assertThat(ground.unfit()).isNull();
            } else {
                assertThat(ground.unfit()).contains(unfit);
            }
        }
    }
}
