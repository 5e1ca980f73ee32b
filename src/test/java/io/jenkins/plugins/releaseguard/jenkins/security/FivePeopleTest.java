// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AdministrativeMonitor;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Five kinds of people, and one who is none of them, at every address of ours: what each was answered by GET, by POST without a crumb and by POST
 * with one, and what came of it. The addresses are those that the plugin's classes and views have ({@link Doors}); one that stands
 * nowhere in the table fails the test. The table is a part of docs/security.md.
 */
@WithJenkins
class FivePeopleTest {
    private static final String OURS = "io.jenkins.plugins.releaseguard.jenkins.";

    /** Where the objects are that have doors, beside descriptors and monitors, which say it themselves. */
    private static final Map<String, List<String>> ADDRESSES = new LinkedHashMap<>();

    static {
        ADDRESSES.put("OpenReleases", List.of("release-guard/"));
        ADDRESSES.put("OpenReleasePage", List.of("release-guard/release/{team}/", "release-guard/release/{other}/"));
        ADDRESSES.put("ReleaseReportAction", List.of("{team build}/release-guard/", "{other build}/release-guard/"));
        ADDRESSES.put("ReportDownloads", ADDRESSES.get("ReleaseReportAction"));
        ADDRESSES.put(
                "ReleaseEndpoint",
                List.of(
                        "{team build}/release-guard/{team}/",
                        "{other build}/release-guard/{other}/",
                        "release-guard/release/{team}/{team}/",
                        "release-guard/release/{other}/{other}/"));
        ADDRESSES.put("ServiceOwnersLink", List.of("manage/release-guard-services/"));
        ADDRESSES.put("JobReleasesAction", List.of("job/team/job/app/releases/", "job/other/job/app/releases/"));
    }

    /** What leads on by an id: to what stands above. */
    private static final Set<String> ROADS =
            Set.of("OpenReleases/release(id)", "OpenReleasePage/dynamic(id)", "ReleaseReportAction/dynamic(id)");

    /** A part of the table. */
    enum Part {
        CONTROLLER {
            @Override
            boolean has(String address) {
                return address.startsWith("descriptorByName/");
            }
        },
        TEAM {
            @Override
            boolean has(String address) {
                return address.startsWith("job/team/job/app/descriptorByName/");
            }
        },
        OTHER {
            @Override
            boolean has(String address) {
                return address.startsWith("job/other/job/app/descriptorByName/");
            }
        },
        PAGES {
            @Override
            boolean has(String address) {
                return !address.contains("descriptorByName/");
            }
        };

        abstract boolean has(String address);
    }

    private static JenkinsRule rule;
    private static Visits visits;

    /** One controller for all parts: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule started) throws Exception {
        rule = started;
        visits = new Visits(rule);
    }

    @AfterAll
    static void stop() throws Exception {
        visits.close();
    }

    @Test
    void everyDoorStandsInTheTable() throws Exception {
        Set<Doors.Door> doors = new Doors().all();
        assertThat(doors).hasSizeGreaterThan(70);
        Map<String, List<String>> addresses = addresses();
        assertThat(doors.stream()
                        .filter(door -> !addresses.containsKey(door.owner())
                                || door.name().endsWith("(id)") && !ROADS.contains(door.toString())))
                .as("doors that stand in no row: say where they are, and whom they let in")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void whatEachOneGets(Part part) throws Exception {
        Map<List<String>, List<String>> rows = new LinkedHashMap<>();
        Map<String, List<String>> addresses = addresses();
        for (Doors.Door door : new Doors().all()) {
            if (ROADS.contains(door.toString())) {
                continue;
            }
            for (String address : addresses.get(door.owner())) {
                if (part.has(address)) {
                    visits.rows(door, address)
                            .forEach((name, cells) -> rows.computeIfAbsent(cells, each -> new ArrayList<>())
                                    .add(name));
                }
            }
        }
        SecurityPage.holds("FivePeopleTest " + part, table(rows));
    }

    private static Map<String, List<String>> addresses() {
        Map<String, List<String>> addresses = new LinkedHashMap<>(ADDRESSES);
        for (Descriptor<?> descriptor : rule.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getId().startsWith(OURS)) {
                String name = descriptor.getId().substring(descriptor.getId().lastIndexOf('.') + 1);
                String address = "descriptorByName/" + descriptor.getId() + "/";
                addresses.put(name, List.of(address, "job/team/job/app/" + address, "job/other/job/app/" + address));
            }
        }
        for (AdministrativeMonitor monitor : AdministrativeMonitor.all()) {
            if (monitor.getClass().getName().startsWith(OURS)) {
                addresses.put(monitor.getClass().getSimpleName(), List.of("administrativeMonitor/" + monitor.id + "/"));
            }
        }
        return addresses;
    }

    private static String table(Map<List<String>, List<String>> sections) {
        StringBuilder page = new StringBuilder("\n| address |");
        Stream.of(FivePeople.values())
                .forEach(person -> page.append(' ').append(person.title).append(" |"));
        page.append("\n|---|").append("---|".repeat(FivePeople.values().length)).append('\n');
        sections.forEach((cells, rows) -> page.append("| ")
                .append(rows.stream().distinct().collect(Collectors.joining(", ")))
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n"));
        return page.append('\n').toString();
    }
}
