// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary in a backend of its own: what its map says, good, bad, odd and hostile. */
class MapShareTest {
    private static final String FILE = "/etc/haproxy/canary.map";
    private static final String LISTED = "# id (file) description\n"
            + "0 (/etc/haproxy/hosts.map) pattern loaded from file '/etc/haproxy/hosts.map' used by map at file 'h.cfg' line 9."
            + " curr_ver=0 next_ver=0 entry_cnt=1\n"
            + "1 (/etc/haproxy/deny.lst) pattern loaded from file '/etc/haproxy/deny.lst' used by acl at file 'h.cfg' line 8."
            + " curr_ver=0 next_ver=0 entry_cnt=1\n"
            + "4 (" + FILE + ") pattern loaded from file '" + FILE + "' used by map at file 'h.cfg' line 10."
            + " curr_ver=0 next_ver=0 entry_cnt=1\n\n";
    private static final String INFO = "Name: HAProxy\nNbproc: 1\nPid: 7\nnode: lb\n\n";

    private static String stat(String canary) {
        return "# pxname,svname,scur,stot,status,weight,bck\napp,old,1,100,UP,100,0\napp,BACKEND,1,102,UP,100,0\n"
                + "app-new,new,0,7," + canary + ",1,0\napp-new,BACKEND,2,9,UP,1,0\n\n";
    }

    /** As {@code show map} writes it; {@code ;} between entries. */
    private static String entries(String written) {
        StringBuilder rows = new StringBuilder();
        for (String entry : written.split(";")) {
            rows.append(entry.isBlank() ? "" : "0x55b4336650c0 " + entry.strip() + "\n");
        }
        return rows.append('\n').toString();
    }

    private static HaproxySettings settings(String address, String key, int of) {
        return HaproxySettings.of(address, "app", new MapShare(FILE, key, of, "app-new"));
    }

    /** {@code canaryBackend}, {@code map} and {@code mapKey} of a set-up. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a share               | app | app 10            | 10  |",
                "none                  | app | app 0             | 0   |",
                "all                   | app | app 100           | 100 |",
                "no entry              | app | ''                | 0   |",
                "entries of others     | app | shop x;app 5;y 7  | 5   |",
                "more than all         | app | app 101           | NaN | no whole number from 0 to 100",
                "a word                | app | app on            | NaN | has 'on' for the key 'app'",
                "a backend             | app | app app-new       | NaN | no whole number",
                "nothing               | app | app               | NaN | has '' for the key 'app'",
                "below nothing         | app | app -1            | NaN | no whole number",
                "half a part           | app | app 0.5           | NaN | no whole number",
                "a number without end  | app | app 99999999999999999999 | NaN | no whole number",
                "twice                 | app | app 5;app 5       | NaN | has the key 'app' 2 times",
                "a range               | ''  | 0:9 app-new       | 10  |",
                "no range              | ''  | ''                | 0   |",
                "one by one            | ''  | 0 app-new;7 app-new | 2 |",
                "ranges that overlap   | ''  | 0:9 app-new;5:14 app-new | 15 |",
                "everybody             | ''  | 0:99 app-new      | 100 |",
                "more than are drawn   | ''  | 0:100 app-new     | NaN | which is no number from 0 to 99",
                "an open range         | ''  | 90: app-new       | NaN | which is no number",
                "turned around         | ''  | 9:0 app-new       | NaN | which is no number",
                "a name                | ''  | app app-new       | NaN | which is no number",
                "another backend       | ''  | 0:9 app-new;10:99 app | NaN | has an entry for 'app', and may have none",
                "escapes               | app | app \u001b[2J     | NaN | no whole number",
            })
    void aMapSaysWhoIsSentToTheCanarysBackend(String name, String key, String map, Double share, String unfit)
            throws Exception {
        try (FakeRuntimeApi api =
                new FakeRuntimeApi(l -> stat("UP") + LISTED + entries(map) + (l.contains("info") ? INFO : ""))) {
            RouterReading reading = new HaproxyRouter(settings(api.address(), key, 100)).read();
            assertThat(api.asked).containsExactly("show stat -1 6 -1;show map;show map " + FILE + ";show info");
            assertThat(reading.weight()).isEqualTo(share);
            assertThat(reading.canaryRequests())
                    .as("those without a server too")
                    .isEqualTo(9);
            assertThat(reading.baselineRequests()).isEqualTo(102);
            assertThat(reading.canarySessions()).isEqualTo(2);
            assertThat(reading.baselineServing()).isTrue();
            if (unfit == null) {
                assertThat(reading.ground().unfit()).isNull();
            } else {
                assertThat(reading.ground().unfit()).contains(unfit).doesNotContain("\u001b");
            }
        }
    }

    /** Each moment of a change is the share before or the one after. */
    @ParameterizedTest(name = "{0}, {1}: {2} %")
    @CsvSource(
            delimiter = '|',
            value = {
                "app | app 10         | 25  | set map $F app 25",
                "app | ''             | 25  | add map $F app 25",
                "app | ''             | 0   | ''",
                "app | app 10         | 0   | set map $F app 0",
                "app | app on         | 0   | set map $F app 0",
                "''  | ''             | 10  | add map $F 0:9 app-new",
                "''  | 0:9 app-new    | 25  | add map $F 0:24 app-new;del map $F 0:9",
                "''  | 0:9 app-new    | 10  | ''",
                "''  | 0:24 app-new;0:9 app-new | 10 | del map $F 0:24",
                "''  | 0:9 app-new;50 app-new | 0 | del map $F 0:9;del map $F 50",
                "''  | 0:9 app-new;quit x | 0 | del map $F 0:9",
            })
    void whatIsSaidForAShare(String key, String map, double percent, String orders) throws Exception {
        try (FakeRuntimeApi api =
                new FakeRuntimeApi(l -> l.startsWith("show") ? stat("UP") + LISTED + entries(map) : "\n")) {
            new HaproxyRouter(settings(api.address(), key, 100)).shift(percent);
            List<String> said = api.asked.subList(1, api.asked.size());
            String shut = "shutdown sessions server app-new/new";
            String wanted = orders.replace("$F", FILE);
            assertThat(String.join(";", said))
                    .isEqualTo(percent > 0 ? wanted : wanted.isEmpty() ? shut : wanted + ";" + shut);
        }
    }

    /** {@code mapParts} of a set-up. */
    @ParameterizedTest(name = "{0} % in parts of {1}")
    @CsvSource({
        "10, 100, 10",
        "0.5, 1000, 5",
        "0.5, 10000, 50",
        "33.3, 100, 33",
        "100, 100, 100",
        "0, 7, 0",
        "99.5, 1000, 995",
        "0.5, 100, ",
        "99.9, 100, ",
        "0.01, 1000, ",
        "50, 3, ",
    })
    void sharesAreWholeParts(double percent, int of, Integer parts) throws Exception {
        MapShare map = new MapShare(FILE, "app", of, "app-new");
        if (parts == null) {
            assertThat(map.parts(percent)).isEmpty();
            try (FakeRuntimeApi api = new FakeRuntimeApi(l -> stat("UP") + LISTED + entries("app 0"))) {
                HaproxyRouter router = new HaproxyRouter(settings(api.address(), "app", of));
                assertThatThrownBy(() -> router.shift(percent))
                        .isInstanceOf(EffectException.class)
                        .hasMessageContaining("it counts in parts of " + of);
            }
        } else {
            assertThat(map.parts(percent)).hasValue(parts);
        }
    }

    @Test
    void aBackendWithoutAServerHasNoUsersToBeSent() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> stat("DOWN") + LISTED + entries("app 10") + INFO)) {
            RouterReading reading = new HaproxyRouter(settings(api.address(), "app", 100)).read();
            assertThat(reading.weight()).isZero();
            assertThat(reading.ground().unfit()).contains("no server of backend 'app-new' takes requests (new DOWN)");
            assertThat(reading.ground().elsewhere()).contains("still sends users to backend 'app-new'");
        }
    }

    /** What can't be read is no share, and nothing is given on the strength of it. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "Unknown command\n\n",
                "Permission denied\n\n",
                "# id (file) description\n\n",
                "# id (file) description\n1 (/etc/haproxy/canary.map) pattern loaded from file used by acl at file 'h' line 1\n\n",
                "# id (file) description\n1 (/etc/haproxy/canary.map\n\n",
                "1 (/etc/haproxy/canary.map) used by map at file 'h' line 1\n\n",
            })
    void aMapThatNoRuleReadsIsNone(String listed) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(
                l -> stat("UP") + listed + "Unknown map identifier. Please use #<id> or <file>.\n\n" + INFO)) {
            HaproxyRouter router = new HaproxyRouter(settings(api.address(), "app", 100));
            assertThat(router.read().weight()).isNaN();
            assertThat(router.read().ground().unfit()).contains("reads the map '" + FILE + "'");
            assertThatThrownBy(() -> router.shift(0)).hasMessageContaining("as it stands in haproxy.cfg");
        }
    }

    @Test
    void theMapsThatRulesReadAreNamed() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> stat("UP") + LISTED.replace(FILE, "/x.map") + "\n" + INFO)) {
            assertThat(new HaproxyRouter(settings(api.address(), "app", 100))
                            .read()
                            .ground()
                            .unfit())
                    .contains("used there: /etc/haproxy/hosts.map, /x.map)");
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''            | app   | 100 | new",
                "/a b.map      | app   | 100 | new",
                "/a;quit       | app   | 100 | new",
                "#4            | app   | 100 | new",
                "@1            | app   | 100 | new",
                "/a.map        | a b   | 100 | new",
                "/a.map        | a;b   | 100 | new",
                "/a.map        | app   | 1   | new",
                "/a.map        | app   | 0   | new",
                "/a.map        | app   | 1000001 | new",
                "/a.map        | app   | 100 | ''",
                "/a.map        | app   | 100 | a b",
                "/a.map        | app   | 100 | app",
            })
    void whatCouldBeNoMapIsRefused(String file, String key, int of, String canary) {
        assertThatThrownBy(() -> HaproxySettings.of("h:1", "app", new MapShare(file, key, of, canary)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBackendOfItsOwnHasNoServersToName() {
        MapShare map = new MapShare(FILE, "app", 100, "app-new");
        assertThatThrownBy(() -> HaproxySettings.of("h:1", "app", List.of("new"), List.of(), map))
                .hasMessageContaining("name none");
        assertThatThrownBy(() -> HaproxySettings.of("h:1", "app", map).withMaintenanceAtZero())
                .hasMessageContaining("maintenance");
    }

    /** An old worker with another map file, and one with none: who can't be asked isn't believed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the share of then    | app 25 | still sends its clients' requests",
                "none                 | app 0  |",
                "no entry             | ''     |",
                "another map          | Unknown map identifier. | still sends its clients' requests",
                "nothing that counts  | app on | still sends its clients' requests",
            })
    void anOldWorkersMapIsAsked(String name, String map, String elsewhere) throws Exception {
        String proc = "#<PID> <type>\n1 master\n# workers\n7 worker\n# old workers\n5 worker\n# programs\n\n";
        String then = stat("UP").replace("new,0,7", "new,0,40") + (map.startsWith("Unk") ? map + "\n\n" : entries(map));
        try (FakeRuntimeApi api = new FakeRuntimeApi(
                        l -> l.startsWith("show") ? stat("UP") + LISTED + entries("app 0") + INFO : "\n");
                FakeRuntimeApi master = new FakeRuntimeApi(l -> l.startsWith("show proc") ? proc : then)) {
            HaproxyRouter router =
                    new HaproxyRouter(settings(api.address(), "app", 100).withMasters(List.of(master.address())));
            RouterReading reading = router.read();
            assertThat(master.asked)
                    .containsExactly("show proc;quit", "@!5 show stat -1 6 -1;@!5 show map " + FILE + ";quit");
            if (elsewhere == null) {
                assertThat(reading.ground().elsewhere()).isNull();
            } else {
                assertThat(reading.ground().elsewhere()).contains("old worker 5", elsewhere);
            }
            master.asked.clear();
            router.shift(0);
            assertThat(master.asked).first().isEqualTo("show proc;quit");
            assertThat(master.asked)
                    .filteredOn(l -> l.contains("set map"))
                    .hasSize(map.startsWith("app") ? 1 : 0)
                    .allMatch(("@!5 set map " + FILE + " app 0;quit")::equals);
        }
    }

    /** Whoever is on call finds it in the release's record. */
    @Test
    void theRecordKeepsTheMap() throws Exception {
        RecordedRouter router = RecordedRouter.of(settings("h:1", "app", 1000));
        ObjectMapper json = new ObjectMapper();
        RecordedRouter read = json.readValue(json.writeValueAsString(router), RecordedRouter.class);
        assertThat(read).isEqualTo(router);
        assertThat(read.connect()).hasToString("HAProxy h:1 backend app and app-new");
        assertThat(json.readValue(
                                "{\"kind\":\"haproxy\",\"address\":\"h:1\",\"backend\":\"app\",\"canary\":[\"c\"]}",
                                RecordedRouter.class)
                        .map())
                .isNull();
    }

    @Test
    void whatCanNotBeAskedIsTold() {
        HaproxySettings map = settings("h:1", "app", 1000);
        assertThat(new HaproxyRouter(map).unproven())
                .anyMatch(one -> one.startsWith("without the master's socket"))
                .anyMatch(one -> one.contains("a reload brings back what the file '" + FILE + "' says"))
                .anyMatch(one -> one.contains("rand(1000)"));
        assertThat(new HaproxyRouter(map.withMasters(List.of("h:2"))).unproven())
                .hasSize(2);
        HaproxySettings weights = HaproxySettings.of("h:1", "app", "new", "old");
        assertThat(new HaproxyRouter(weights).unproven())
                .anyMatch(one -> one.startsWith("without the master's socket"))
                .anyMatch(one -> one.contains("'stick … table' rule"));
        assertThat(new HaproxyRouter(weights.withMasters(List.of("h:2")).withMaintenanceAtZero()).unproven())
                .isEmpty();
    }
}
