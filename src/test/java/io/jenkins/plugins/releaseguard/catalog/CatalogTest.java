// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.contract.schema.ContractSchema;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ActionCall;
import io.jenkins.plugins.releaseguard.effect.action.ActionContext;
import io.jenkins.plugins.releaseguard.effect.action.ProcedureAction;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.EvidenceGatherer;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check and an action of another plugin are one class each, and everything else goes by what they declare. */
class CatalogTest {
    private static final Catalog MORE =
            Catalog.STANDARD.with(List.of(new QueueDepthCheck()), List.of(new PagerAction()));

    private static String contract(String check, String action) {
        return """
                apiVersion: release-guard/v1
                release: {service: checkout, version: '1'}
                entries:
                  - {id: DEP-1, type: Criteria, title: Few wait, verify: {%s}}
                  - {id: DEP-2, type: Rollback, title: Back, person: ops, procedure: [{traffic: 0}, {%s}]}
                """.formatted(check, action);
    }

    private static Contract read(Catalog catalog, String text) throws ContractException {
        return catalog.reader().parse(text, "release.yaml", Variables.none());
    }

    private static List<String> messages(String check, String rule) throws ContractException {
        return MORE.lint(read(MORE, contract(check, "page: night"))).stream()
                .filter(p -> p.rule().equals(rule))
                .map(Problem::message)
                .toList();
    }

    @Test
    void isReadByItsDeclaration() throws ContractException {
        Contract contract = read(MORE, contract("queueDepth: orders", "page: night"));

        assertThat(contract.entries(CriteriaEntry.class).get(0).verify().get(0).settings())
                .satisfies(s -> {
                    assertThat(s.text("queue")).isEqualTo("orders");
                    assertThat(s.threshold("waiting").orElseThrow().text()).isEqualTo("<= 100");
                });
        assertThat(contract.entries(RollbackEntry.class).get(0).procedure())
                .extracting(ActionSpec::kind)
                .containsExactly("traffic", "page");
    }

    @Test
    void whatItDoesNotDeclareIsRefused() {
        assertThatThrownBy(() -> read(MORE, contract("queueDepth: {queue: a, depht: 3}", "page: night")))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("queueDepth has no field 'depht'");
        assertThatThrownBy(() -> read(MORE, contract("queueDepth: orders", "page: ")))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("page needs its fields");
    }

    @Test
    void whatIsNotInTheCatalogueIsUnknown() {
        assertThatThrownBy(() -> read(Catalog.STANDARD, contract("queueDepth: orders", "notify: night")))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("there is no check 'queueDepth'");
        assertThatThrownBy(() -> read(Catalog.STANDARD, contract("http: 'https://a.example/'", "page: night")))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("there is no action 'page'");
    }

    @Test
    void lintGoesByItsDeclaration() throws ContractException {
        assertThat(messages("queueDepth: {waiting: '<= 3'}", "RG-CHECK-COMPLETE"))
                .containsExactly("the check queueDepth of DEP-1 has no queue or topic");
        assertThat(messages("queueDepth: {topic: orders}", "RG-CHECK-COMPLETE"))
                .containsExactly("the check queueDepth of DEP-1 has a topic but no group");
        assertThat(messages("queueDepth: {queue: a, environment: nowhere}", "RG-CHECK-REFERENCE"))
                .containsExactly("the check queueDepth of DEP-1 names the environment nowhere, which the contract does"
                        + " not have");
        assertThat(messages("queueDepth: {queue: a, waiting: '<= 5%'}", "RG-CHECK-UNIT"))
                .containsExactly("waiting of DEP-1 is '<= 5%', which does not fit");
    }

    /** A release that was begun with a plugin that is gone must be taken up again all the same. */
    @Test
    void whatIsGoneIsKeptByNameAndCannotBeDone() throws Exception {
        Contract contract = Catalog.STANDARD
                .reader()
                .withKindsGone()
                .parse(
                        contract("queueDepth: {queue: orders, timeout: 5s}", "page: night"),
                        "release.yaml",
                        Variables.none());

        assertThat(contract.entries(CriteriaEntry.class).get(0).verify())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.kind()).isEqualTo("queueDepth");
                    assertThat(check.settings().duration("timeout")).contains(Duration.ofSeconds(5));
                    assertThat(check.settings().duration("maxAge")).isEmpty();
                });
        List<ActionSpec> procedure =
                contract.entries(RollbackEntry.class).get(0).procedure();
        assertThat(procedure).extracting(ActionSpec::kind).containsExactly("traffic", "page");
        assertThatThrownBy(() -> Catalog.STANDARD.actions().perform("action-1", "DEP-2", procedure.get(1), null))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("nothing here can do 'page'");
    }

    @Test
    void whatIsWrongOtherwiseStaysWrongWhereKindsAreGone() {
        assertThatThrownBy(() -> Catalog.STANDARD
                        .reader()
                        .withKindsGone()
                        .parse(contract("http: {urll: x}", "page: night"), "release.yaml", Variables.none()))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("urll");
    }

    @Test
    void standsInTheSchemaBesideTheStandardOnes() {
        assertThat(ContractSchema.json(MORE.specs()))
                .contains("\"check-queueDepth\"", "\"action-page\"", "\"check-http\"");
        assertThat(ContractSchema.json(Catalog.STANDARD.specs())).doesNotContain("queueDepth", "action-page");
    }

    @Test
    void isEvaluated() throws ContractException, InterruptedException {
        Contract contract = read(MORE, contract("queueDepth: orders", "page: night"));
        CheckContext context = new CheckContext() {
            @Override
            public Contract contract() {
                return contract;
            }

            @Override
            public String environment() {
                return "production";
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };

        Evidence evidence = new EvidenceGatherer(MORE.checks())
                .gather(contract.entries(CriteriaEntry.class), context, Runnable::run, 1, Duration.ofSeconds(30))
                .get(0);

        assertThat(evidence.status()).isEqualTo(Status.PASS);
        assertThat(evidence.looked()).isEqualTo("queue orders");
    }

    @Test
    void isPerformed() throws ContractException, EffectException, InterruptedException {
        Contract contract = read(MORE, contract("queueDepth: orders", "page: night"));
        ActionSpec page =
                contract.entries(RollbackEntry.class).get(0).procedure().get(1);
        List<String> told = new ArrayList<>();
        ActionContext context = new ActionContext() {
            @Override
            public Contract contract() {
                return contract;
            }

            @Override
            public String release() {
                return "r-1";
            }

            @Override
            public String environment() {
                return "production";
            }

            @Override
            public void tell(List<String> channels, String message, String entry) {
                told.add(channels + " " + message + " " + entry);
            }
        };

        MORE.actions().perform("act-1", "DEP-2", page, context);

        assertThat(told).containsExactly("[night] Wake up. DEP-2");
        assertThatThrownBy(() -> Catalog.STANDARD.actions().perform("act-1", "DEP-2", page, context))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("nothing here can do 'page'");
    }

    @Test
    void noKindStandsTwice() {
        assertThatThrownBy(() -> MORE.with(List.of(new QueueDepthCheck()), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check queueDepth");
        assertThatThrownBy(() -> MORE.with(List.of(), List.of(new PagerAction())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action page");
    }

    /** It could be named, and nothing would do it. */
    @Test
    void nobodyDeclaresWhatIsTheOthers() {
        Check check = new Check() {
            @Override
            public SpecKind kind() {
                return SpecKind.action("wake", "Wakes somebody.");
            }

            @Override
            public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
                return Finding.now(context).pass("awake");
            }
        };
        ProcedureAction action = new ProcedureAction() {
            @Override
            public SpecKind kind() {
                return SpecKind.check("awake", "Somebody is awake.");
            }

            @Override
            public void perform(ActionCall call) {
                // nothing to do
            }
        };
        assertThatThrownBy(() -> MORE.with(List.of(check), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the action wake is declared by a check");
        assertThatThrownBy(() -> MORE.with(List.of(), List.of(action)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the check awake is declared by an action");
    }

    @Test
    void jarsOfTheClassPathBringTheirs(@TempDir Path jar) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(Check.class.getName()), QueueDepthCheck.class.getName() + "\n");

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(Catalog.installed(loader).specs().checks())
                    .containsKey("queueDepth")
                    .containsKeys(Catalog.STANDARD.specs().checks().keySet().toArray(String[]::new));
        }
        assertThat(Catalog.installed().specs().checks().keySet())
                .isEqualTo(Catalog.STANDARD.specs().checks().keySet());
    }
}
