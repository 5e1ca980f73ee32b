// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceGathererTest {
    private static final Position AT = new Position("release.yaml", 1, 1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CheckContext context = new CheckContext() {
        @Override
        public Contract contract() {
            throw new UnsupportedOperationException();
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

    /** What a check does, in a lambda. */
    interface Looking {
        Finding look(CheckSpec spec) throws IOException, InterruptedException;
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static Check check(String kind, Looking looking) {
        return new Check() {
            @Override
            public SpecKind kind() {
                return SpecKind.check(kind, "A check of this test.");
            }

            @Override
            public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
                    throws IOException, InterruptedException {
                return looking.look(spec);
            }
        };
    }

    private static CriteriaEntry entry(String id, CheckSpec... specs) {
        return new CriteriaEntry(
                new EntryHead(id, Stage.PRE_DEPLOY, "", "", List.of(), AT), "", Arrays.asList(specs), true, "", null);
    }

    private static CheckSpec spec(String kind, Map<String, Object> values) {
        return new CheckSpec(kind, new Settings(values, Map.of()), AT);
    }

    private static Finding pass(String value) {
        return new Finding(Status.PASS, "", value, "", "", "", Origin.CONTROLLER, "", Instant.EPOCH, "");
    }

    private List<Evidence> gather(List<CriteriaEntry> entries, int bound, Duration limit, Check... checks)
            throws InterruptedException {
        return new EvidenceGatherer(new Checks(List.of(checks))).gather(entries, context, threads, bound, limit);
    }

    /** M1: nobody holds a thread to wait for checks; each has its own time, and one that gives nothing is unknown. */
    @Test
    void whatIsNotWaitedForKeepsTheOrderAndTheReasons() {
        Check fine = check("fine", s -> pass("fine"));
        Check slow = check("slow", s -> pass("slow"));
        Check broken = check("broken", s -> pass("broken"));
        List<CriteriaEntry> entries = List.of(
                entry("DEP-001", spec("broken", Map.of()), spec("slow", Map.of("timeout", Duration.ofSeconds(2)))),
                entry("DEP-002", spec("fine", Map.of())),
                entry("DEP-003"));
        List<Duration> limits = new ArrayList<>();
        List<Runnable> later = new ArrayList<>();
        CompletableFuture<List<Evidence>> all = new EvidenceGatherer(new Checks(List.of(fine, slow, broken)))
                .gather(
                        entries,
                        context,
                        (limit, look, heard) -> {
                            limits.add(limit);
                            Exception error = limits.size() == 1
                                    ? new IllegalStateException("no memory")
                                    : limits.size() == 2 ? new TimeoutException("late") : null;
                            later.add(0, () -> heard.accept(error == null ? value(look) : null, error));
                        },
                        LONG);
        assertThat(all).isNotDone();
        later.forEach(Runnable::run);
        assertThat(limits).containsExactly(LONG, Duration.ofSeconds(2), LONG, LONG);
        assertThat(all.join())
                .extracting(Evidence::entry, Evidence::check, Evidence::status)
                .containsExactly(
                        tuple("DEP-001", "broken", Status.UNKNOWN),
                        tuple("DEP-001", "slow", Status.UNKNOWN),
                        tuple("DEP-002", "fine", Status.PASS),
                        tuple("DEP-003", "", Status.UNKNOWN));
        assertThat(all.join().get(0).reason()).contains("ended without an answer", "no memory");
        assertThat(all.join().get(1).reason()).isEqualTo("no answer within 2.0 s");
        assertThat(all.join().get(3).reason()).contains("names no check");
    }

    /** C1: who tells that a check was late is the timer, and asked the check's own code there; what that threw let the gate wait for ever. */
    @Test
    void whoTellsThatThereIsNoAnswerAsksTheCheckNothing() {
        AtomicBoolean asked = new AtomicBoolean();
        Check own = new Check() {
            @Override
            public SpecKind kind() {
                return SpecKind.check("own", "A check of this test.");
            }

            @Override
            public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
                return pass("");
            }

            @Override
            public Duration maxAge(CheckSpec spec) {
                if (asked.get()) {
                    throw new AssertionError("asked on a thread that must not wait");
                }
                return Duration.ofMinutes(3);
            }
        };
        List<BiConsumer<Evidence, Exception>> listeners = new ArrayList<>();
        CompletableFuture<List<Evidence>> all = new EvidenceGatherer(new Checks(List.of(own)))
                .gather(
                        List.of(entry("DEP-001", spec("own", Map.of()))),
                        context,
                        (limit, look, heard) -> listeners.add(heard),
                        LONG);
        asked.set(true);
        listeners.get(0).accept(null, new TimeoutException("late"));
        assertThat(all.join()).extracting(Evidence::maxAge).containsExactly(Duration.ofMinutes(3));
    }

    /** E1: a contract shortens how long a finding counts, and never lengthens it. */
    @ParameterizedTest(name = "maxAge {0} min of the check, {1} min of the entry: {2}")
    @CsvSource({"1, , 1", "5, , unknown", " , 2, 2", " , 9, 3", "2, 1, 1", " , , 3"})
    void anAgeIsShortenedAndNeverLengthened(Integer ofCheck, Integer ofEntry, String counts) throws Exception {
        Check own = new Check() {
            @Override
            public SpecKind kind() {
                return SpecKind.check("own", "A check of this test.");
            }

            @Override
            public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
                return pass("");
            }

            @Override
            public Duration maxAge(CheckSpec spec) {
                return Duration.ofMinutes(3);
            }
        };
        CriteriaEntry entry = entry(
                "DEP-001", spec("own", ofCheck == null ? Map.of() : Map.of("maxAge", Duration.ofMinutes(ofCheck))));
        Evidence found = new EvidenceGatherer(new Checks(List.of(own)))
                .gather(
                        List.of(new CriteriaEntry(
                                entry.head(),
                                "",
                                entry.verify(),
                                true,
                                "",
                                ofEntry == null ? null : Duration.ofMinutes(ofEntry))),
                        context,
                        Runnable::run,
                        1,
                        LONG)
                .get(0);
        if (counts.equals("unknown")) {
            assertThat(found.status()).isEqualTo(Status.UNKNOWN);
            assertThat(found.reason()).isEqualTo("maxAge 5m is longer than what own finds counts, 3m");
            assertThat(found.fix()).isEqualTo("write maxAge: 3m or less, or take it out");
        } else {
            assertThat(found.status()).isEqualTo(Status.PASS);
            assertThat(found.maxAge()).isEqualTo(Duration.ofMinutes(Integer.parseInt(counts)));
        }
    }

    private static Evidence value(Callable<Evidence> look) {
        try {
            return look.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsTheContractsOrder() throws Exception {
        CountDownLatch others = new CountDownLatch(2);
        Check slow = check("slow", s -> {
            others.await();
            return pass("slow");
        });
        Check fast = check("fast", s -> {
            others.countDown();
            return pass("fast");
        });
        List<Evidence> evidence = gather(
                List.of(
                        entry("DEP-001", spec("slow", Map.of()), spec("fast", Map.of())),
                        entry("DEP-002"),
                        entry("DEP-003", spec("fast", Map.of()))),
                4,
                LONG,
                slow,
                fast);

        assertThat(evidence).extracting(Evidence::entry).containsExactly("DEP-001", "DEP-001", "DEP-002", "DEP-003");
        assertThat(evidence).extracting(Evidence::check).containsExactly("slow", "fast", "", "fast");
        assertThat(evidence.get(2).status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void neverRunsMoreThanTheBound() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Check check = check("c", s -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(5); // work that others can run beside
            running.decrementAndGet();
            return pass("");
        });
        List<CriteriaEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(entry("DEP-" + (100 + i), spec("c", Map.of())));
        }

        assertThat(gather(entries, 3, LONG, check)).extracting(Evidence::status).containsOnly(Status.PASS);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whateverACheckThrowsIsUnknownWithTheReason() throws Exception {
        List<Evidence> evidence = gather(
                List.of(entry(
                        "DEP-001",
                        spec("io", Map.of()),
                        spec("bug", Map.of()),
                        spec("missing", Map.of()),
                        spec("null", Map.of()),
                        spec("deep", Map.of()),
                        spec("none", Map.of()),
                        spec("ok", Map.of()))),
                2,
                LONG,
                check("io", s -> {
                    throw new IOException("no such\nfile");
                }),
                check("bug", s -> {
                    throw new IllegalStateException();
                }),
                check("missing", s -> {
                    throw new UnavailableException("no node", "run inside node");
                }),
                check("null", s -> null),
                check("deep", s -> {
                    throw new StackOverflowError();
                }),
                check("ok", s -> pass("1")));

        assertThat(evidence.subList(0, 6)).extracting(Evidence::status).containsOnly(Status.UNKNOWN);
        assertThat(evidence.get(0).reason()).isEqualTo("no such file");
        assertThat(evidence.get(1).reason()).contains("IllegalStateException");
        assertThat(evidence.get(2).fix()).isEqualTo("run inside node");
        assertThat(evidence.get(5).reason()).contains("no check of kind 'none'");
        assertThat(evidence.subList(0, 6)).allSatisfy(e -> assertThat(e.fix()).isNotBlank());
        assertThat(evidence.get(6).status()).isEqualTo(Status.PASS);
    }

    /** Of another plugin: its classes may be of another version than ours, its answers anything. */
    @Test
    void aCheckThatIsNotWholeIsUnknownAndHarmsNoOther() throws Exception {
        List<Evidence> evidence = gather(
                List.of(entry(
                        "DEP-001",
                        spec("old", Map.of()),
                        spec("ageless", Map.of()),
                        spec("noAge", Map.of()),
                        spec("ok", Map.of()))),
                2,
                LONG,
                check("old", s -> {
                    throw new NoSuchMethodError("Finding.seen()");
                }),
                aged("ageless", () -> {
                    throw new NoClassDefFoundError("org/example/Ages");
                }),
                aged("noAge", () -> null),
                check("ok", s -> pass("1")));

        assertThat(evidence)
                .extracting(Evidence::status)
                .containsExactly(Status.UNKNOWN, Status.UNKNOWN, Status.UNKNOWN, Status.PASS);
        assertThat(evidence.get(0).reason()).isEqualTo("the check itself failed: Finding.seen()");
        assertThat(evidence.get(1).reason()).isEqualTo("the check itself failed: org/example/Ages");
        assertThat(evidence.get(2).reason()).contains("the check itself failed", "no maximum age");
        assertThat(evidence).extracting(Evidence::maxAge).containsOnly(Check.USUAL_AGE);
    }

    /** What it is to look at stands in the contract; who says so may have nothing more to say. */
    @Test
    void aCheckThatNoLongerTellsItsKindIsUnknownWithWhatItWasToLookAt() throws Exception {
        AtomicBoolean looked = new AtomicBoolean();
        Check forgetful = new Check() {
            @Override
            public SpecKind kind() {
                if (looked.get()) {
                    throw new IllegalStateException("no kind");
                }
                return SpecKind.check("forgetful", "A check of this test.");
            }

            @Override
            public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
                looked.set(true);
                throw new IllegalStateException("no finding");
            }
        };

        Evidence evidence = gather(
                        List.of(entry("DEP-001", spec("forgetful", Map.of(SpecKind.VALUE, "orders")))),
                        1,
                        LONG,
                        forgetful)
                .get(0);

        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.looked()).isEqualTo("forgetful orders");
        assertThat(evidence.reason()).isEqualTo("the check itself failed: no finding");
    }

    /** One that passes, and says this of its age. */
    private static Check aged(String kind, Supplier<Duration> age) {
        return new Check() {
            @Override
            public SpecKind kind() {
                return SpecKind.check(kind, "A check of this test.");
            }

            @Override
            public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
                return pass("1");
            }

            @Override
            public Duration maxAge(CheckSpec spec) {
                return age.get();
            }
        };
    }

    @Test
    void aCheckThatHangsIsUnknownAndHoldsNobodyUp() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Check hangs = check("hangs", s -> {
            try {
                never.await();
                return pass("");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        List<Evidence> evidence = gather(
                List.of(entry(
                        "DEP-001", spec("hangs", Map.of("timeout", Duration.ofMillis(100))), spec("ok", Map.of()))),
                1,
                LONG,
                hangs,
                check("ok", s -> pass("1")));

        assertThat(evidence.get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.get(0).reason()).isEqualTo("no answer within 0.1 s");
        assertThat(evidence.get(1).status()).isEqualTo(Status.PASS);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCheckThatWontBeInterruptedHoldsNobodyUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Check deaf = check("deaf", s -> {
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    // deaf
                }
            }
            return pass("");
        });
        List<Evidence> evidence = gather(
                List.of(entry("DEP-001", spec("deaf", Map.of("timeout", Duration.ofMillis(50))), spec("ok", Map.of()))),
                1,
                LONG,
                deaf,
                check("ok", s -> pass("1")));
        end.countDown();

        assertThat(evidence).extracting(Evidence::status).containsExactly(Status.UNKNOWN, Status.PASS);
        assertThat(evidence.get(0).reason()).contains("0.05 s");
    }

    /** M11: four checks that hang hold all our threads for longer than the other gate's check may take. */
    @Test
    void timeInOurOwnQueueIsNotTheChecksOwn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                four.execute(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            Executor freedLater = task -> {
                four.execute(task);
                threads.execute(() -> {
                    try {
                        // longer than the check itself may take
                        Thread.sleep(2500);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    release.countDown();
                });
            };
            List<Evidence> evidence = new EvidenceGatherer(new Checks(List.of(check("ok", s -> pass("1")))))
                    .gather(
                            List.of(entry("DEP-001", spec("ok", Map.of("timeout", Duration.ofSeconds(2))))),
                            context,
                            freedLater,
                            4,
                            LONG);
            assertThat(evidence).extracting(Evidence::status).containsExactly(Status.PASS);
        } finally {
            four.shutdownNow();
        }
    }

    @Test
    void noFreeThreadIsUnknown() throws Exception {
        List<Evidence> evidence = new EvidenceGatherer(new Checks(List.of(check("c", s -> pass("")))))
                .gather(
                        List.of(entry("DEP-001", spec("c", Map.of()))),
                        context,
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        1,
                        LONG);

        assertThat(evidence).extracting(Evidence::status).containsExactly(Status.UNKNOWN);
        assertThat(evidence.get(0).reason()).contains("no thread is free");
    }

    @Test
    void interruptingTheCallerInterruptsTheChecks() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Check hangs = check("hangs", s -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return pass("");
        });
        Thread caller = new Thread(() -> {
            try {
                gather(List.of(entry("DEP-001", spec("hangs", Map.of()))), 1, LONG, hangs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        caller.join(30_000);
        assertThat(caller.isAlive()).isFalse();
    }

    @Test
    void aValidationIsAsGoodAsTheWorstOfItsChecks() {
        Evidence pass = seen(Status.PASS);
        Evidence waived = seen(Status.PASS).with(Status.WAIVED, "", "");
        Evidence unknown = seen(Status.UNKNOWN);
        Evidence fail = seen(Status.FAIL);
        ValidationEntry entry = new ValidationEntry(
                new EntryHead("DEP-004", Stage.POST_DEPLOY, "Smoke", "", List.of(), AT),
                "",
                "",
                List.of(),
                "",
                "",
                true);
        assertThat(Evidence.validated(entry, List.of(pass, unknown, fail, waived)))
                .isEqualTo(new Event.Validated("DEP-004", "Smoke", EvidenceStatus.FAIL, "FAIL", "", ""));
        assertThat(Evidence.validated(entry, List.of(pass, unknown, waived)).status())
                .isEqualTo(EvidenceStatus.UNKNOWN);
        assertThat(Evidence.validated(entry, List.of(pass, waived)).status()).isEqualTo(EvidenceStatus.WAIVED);
        assertThat(Evidence.validated(entry, List.of(pass)).status()).isEqualTo(EvidenceStatus.PASS);
    }

    private static Evidence seen(Status status) {
        Finding finding = new Finding(status, "", status.name(), "", "", "", Origin.CONTROLLER, "", Instant.EPOCH, "");
        return Evidence.of("DEP-004", "http", true, finding, Duration.ofDays(1), Duration.ZERO);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> gather(List.of(), 0, LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gather(List.of(), 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        Check check = check("c", s -> pass(""));
        assertThatThrownBy(() -> new Checks(List.of(check, check))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new Finding(Status.WAIVED, "", "", "", "", "", Origin.CONTROLLER, "", Instant.EPOCH, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
