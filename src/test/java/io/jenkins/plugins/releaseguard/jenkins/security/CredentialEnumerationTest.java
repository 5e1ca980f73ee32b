// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Class 4: ids of credentials are told to who may choose among them, and to nobody else; the field's value alone is everybody's. */
@WithJenkins
class CredentialEnumerationTest {
    private static final String CURRENT = "chosen-before";
    private static JenkinsRule jenkins;
    private static String folder;
    private static String job;
    private static FivePeople.Crumb crumb;
    private static Set<String> doors;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Folder team = rule.createProject(Folder.class, "team");
        FivePeople.move(rule, team);
        PlantedCredentials.plant("http://127.0.0.1:1", team, rule.createProject(Folder.class, "other"));
        folder = team.getUrl();
        job = team.createProject(WorkflowJob.class, "app").getUrl();
        crumb = FivePeople.Crumb.crumb(rule);
        doors = FormDoors.all(rule.jenkins).stream()
                .filter(door -> door.matches(".*/fill\\w*Credentials\\w*Items"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A field without a list of its own would be filled in by hand, and one more list would be tried by no test. */
    @Test
    void everyFieldOfCredentialsHasItsList() {
        assertThat(doors)
                .isEqualTo(WebMethods.CLASSES.stream()
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT)
                                && type.getMethods().stream()
                                        .anyMatch(method -> method.getName().equals("getCredentialsId")))
                        .map(CredentialEnumerationTest::door)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .hasSizeGreaterThan(2);
    }

    private static String door(JavaClass type) {
        return type.getPackageName().replace("io.jenkins.plugins.releaseguard.jenkins.", "") + "."
                + type.getSimpleName() + "/fillCredentialsIdItems";
    }

    /** So that no other class has a list to give away. */
    @Test
    void oneClassListsThem() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CredentialsField")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("ListBoxModel")
                .andShould()
                .dependOnClassesThat()
                .resideInAPackage("com.cloudbees.plugins.credentials..")
                .check(WebMethods.CLASSES);
    }

    @Test
    void nobodyIsToldAnything() throws Exception {
        for (String door : doors) {
            for (String place : List.of("", folder, job)) {
                HttpResponse<String> answer = ask(FivePeople.ANONYMOUS, place, door, CURRENT);
                assertThat(answer.statusCode()).as(door + " of " + place).isEqualTo(403);
                PlantedCredentials.IDS.forEach(
                        id -> assertThat(answer.body()).as(door).doesNotContain(id));
            }
        }
    }

    @Test
    void aReaderSeesWhatIsChosenOnly() throws Exception {
        for (String door : doors) {
            for (String place : List.of(folder, job)) {
                for (FivePeople reader : List.of(FivePeople.DEVELOPER, FivePeople.APPROVER)) {
                    assertThat(ids(reader, place, door, CURRENT))
                            .as(reader + " at " + door + " of " + place)
                            .containsExactly(CURRENT);
                }
            }
            // a page of the controller: whoever doesn't administer it
            assertThat(ids(FivePeople.STRANGER, "", door, CURRENT)).as(door).containsExactly(CURRENT);
            assertThat(ids(FivePeople.OWNER, "", door, CURRENT)).as(door).containsExactly(CURRENT);
        }
    }

    @Test
    void whoConfiguresSeesAllThatThePlaceMayUse() throws Exception {
        for (String door : doors) {
            for (String place : List.of(folder, job)) {
                for (FivePeople person : List.of(FivePeople.OWNER, FivePeople.ADMINISTRATOR)) {
                    assertThat(ids(person, place, door, CURRENT))
                            .as(person + " at " + door + " of " + place)
                            .containsExactlyInAnyOrder("", "of-all", "of-team", CURRENT);
                }
            }
            assertThat(ids(FivePeople.ADMINISTRATOR, "", door, ""))
                    .as(door)
                    .containsExactlyInAnyOrder("", "of-all", "of-controller");
        }
    }

    /** Nor is an id found out by trying: what there is and what there isn't are answered alike. */
    @Test
    void theFieldsCheckTellsNothingEither() throws Exception {
        for (String fill : doors) {
            String door = fill.replaceFirst("/fill(\\w+)Items", "/check$1");
            for (FivePeople reader : List.of(FivePeople.DEVELOPER, FivePeople.APPROVER)) {
                String nowhere = check(reader, job, door, "nowhere");
                for (String id : PlantedCredentials.IDS) {
                    assertThat(check(reader, job, door, id))
                            .as(reader + " asks for " + id)
                            .isEqualTo(nowhere);
                }
            }
            String nowhere = check(FivePeople.OWNER, job, door, "nowhere");
            assertThat(nowhere).contains("error");
            for (String id : List.of("of-controller", "of-other")) {
                assertThat(check(FivePeople.OWNER, job, door, id)).as(id).isEqualTo(nowhere);
            }
            assertThat(check(FivePeople.OWNER, job, door, "of-team")).doesNotContain("error");
        }
    }

    private String check(FivePeople person, String place, String door, String id) throws Exception {
        return person.send(client, FormDoors.url(jenkins, place, door, "?url=&value=" + id), "POST", crumb)
                .body();
    }

    private HttpResponse<String> ask(FivePeople person, String place, String door, String current) throws Exception {
        return person.send(
                client, FormDoors.url(jenkins, place, door, "?url=&credentialsId=" + current), "POST", crumb);
    }

    private List<String> ids(FivePeople person, String place, String door, String current) throws Exception {
        HttpResponse<String> answer = ask(person, place, door, current);
        assertThat(answer.statusCode()).as(door).isEqualTo(200);
        return JSONObject.fromObject(answer.body()).getJSONArray("values").stream()
                .map(value -> ((JSONObject) value).getString("value"))
                .toList();
    }
}
