// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatTableTest {
    private static final String HEAD = "# pxname,svname,scur,stot,status,weight,bck,last_chk,\n";

    @Test
    void readsServersOfTheBackendAndNothingElse() {
        String text = HEAD + "app,FRONTEND,1,9,OPEN,,,,\napp,a,3,12,UP,95,0,\"said \"\"no\"\", then yes\",\n"
                + "other,b,1,1,UP,5,0,,\napp,BACKEND,4,12,UP,95,,,\n\n";
        assertThat(StatTable.parse(text, "app")).contains(List.of(new StatTable.Server("a", "UP", false, 95, 3, 12)));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "UP, 0, 7",
        "no check, 0, 7",
        "UP 1/3, 0, 7",
        "DOWN, 0, 0",
        "DOWN 1/2, 0, 0",
        "DOWN (agent), 0, 0",
        "MAINT, 0, 0",
        "MAINT (via app/x), 0, 0",
        "DRAIN, 0, 0",
        "NOLB, 0, 0",
        "UP, 1, 0"
    })
    void aServerCountsOnlyIfRequestsAreBalancedToIt(String status, String backup, int effective) {
        String text = HEAD + "app,a,0,0," + status + ",7," + backup + ",,\n";
        assertThat(StatTable.parse(text, "app").orElseThrow().get(0).effectiveWeight())
                .isEqualTo(effective);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "No such proxy.\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "# pxname,svname\napp,a\n",
                "# pxname,svname,scur,stot,status,weight\napp,a,0,0,UP,-3\n",
                "# pxname,svname,scur,stot,status,weight\napp,a,0,0,UP,257\n",
                "# pxname,svname,scur,stot,status,weight\napp,a\n"
            })
    void whatIsNoTableIsNotRead(String text) {
        assertThat(StatTable.parse(text, "app")).isEmpty();
    }

    @Test
    void aCounterThatIsNotThereIsUnknown() {
        String text = "# pxname,svname,scur,stot,status,weight\napp,a,,x,UP,1\n";
        StatTable.Server server = StatTable.parse(text, "app").orElseThrow().get(0);
        assertThat(server.requests()).isNaN();
        assertThat(server.sessions()).isNaN();
    }
}
