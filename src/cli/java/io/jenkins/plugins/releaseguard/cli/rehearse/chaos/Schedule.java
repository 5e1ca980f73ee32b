// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What is going to happen: the same for the same seed and contract. */
public record Schedule(long seed, List<Fault> faults) {
    private static final int MOST_OTHERS = 3;

    private static final FaultKind[] HARM = {FaultKind.CANARY_BAD, FaultKind.CANARY_BAD, FaultKind.CANARY_SLOW};

    private static final FaultKind[] STUBBORN = {
        FaultKind.ROUTER_REFUSED,
        FaultKind.ROUTER_HANGING,
        FaultKind.ROUTER_WRONG,
        FaultKind.ROUTER_GONE,
        FaultKind.RIVAL,
        FaultKind.BASELINE_DOWN,
        FaultKind.KILL
    };

    /** Another seed must not begin like its neighbour. */
    private static final long MIX = 0x5DEECE66DL;

    /** Draws faults that can meet a release under such a contract. */
    public static Schedule of(long seed, Target target) {
        SplittableRandom random = new SplittableRandom(seed ^ MIX);
        return new Schedule(seed, new Draw(target, random).faults());
    }

    private static final class Draw {
        private final Target target;
        private final SplittableRandom random;
        private final List<Fault> faults = new ArrayList<>();

        /** The last phase that is reached, if nothing else ends the release before; -1 for all and what follows. */
        private int last = -1;

        private boolean goesBack;

        Draw(Target target, SplittableRandom random) {
            this.target = target;
            this.random = random;
        }

        List<Fault> faults() {
            if (random.nextInt(2) == 0) {
                harm();
                if (random.nextInt(2) == 0) {
                    // the way back itself is in trouble
                    add(one(STUBBORN), Moment.ROLLING_BACK, -1, Duration.ZERO, length());
                }
            }
            int others = 1 + random.nextInt(MOST_OTHERS);
            for (int i = 0; i < others; i++) {
                other();
            }
            return List.copyOf(faults);
        }

        private void harm() {
            FaultKind kind = one(HARM);
            int reached = phaseWithTraffic();
            goesBack = true;
            if (reached < 0 || random.nextInt(5) == 0) {
                add(kind, Moment.WATCHING, -1, some(), Fault.FOR_GOOD);
                return;
            }
            last = reached;
            add(kind, Moment.BAKING, reached, random.nextBoolean() ? Duration.ZERO : some(), Fault.FOR_GOOD);
        }

        private void other() {
            List<FaultKind> kinds = Arrays.stream(FaultKind.values())
                    .filter(k -> target.has(k) && !k.isHarm())
                    .filter(k -> faults.stream().noneMatch(f -> f.kind() == k))
                    .filter(k -> goesBack || k.port != FaultKind.Port.ACTION)
                    .toList();
            FaultKind kind = kinds.get(random.nextInt(kinds.size()));
            Moment moment = moment(kind);
            int phase = moment.isOfPhases() ? phase(kind) : -1;
            add(kind, moment, phase, random.nextBoolean() ? Duration.ZERO : some(), length());
        }

        /** Where it can be met. */
        private Moment moment(FaultKind kind) {
            if (kind.port == FaultKind.Port.ACTION || kind.port == FaultKind.Port.PEOPLE && goesBack) {
                return Moment.ROLLING_BACK;
            }
            if (kind.port == FaultKind.Port.CHECK && !goesBack) {
                return Moment.WATCHING;
            }
            int drawn = random.nextInt(10);
            if (drawn == 0) {
                return Moment.ARMED;
            }
            if (goesBack && drawn < 4) {
                return drawn == 1 ? Moment.RECOVERING : Moment.ROLLING_BACK;
            }
            if (!goesBack && drawn < 3) {
                return Moment.WATCHING;
            }
            if (target.phases().isEmpty()) {
                return Moment.WATCHING;
            }
            return drawn < 6 ? Moment.SHIFTING : Moment.BAKING;
        }

        private int phase(FaultKind kind) {
            int phases = last < 0 ? target.phases().size() : last + 1;
            int phase = kind == FaultKind.CANARY_SILENT ? Math.min(phaseWithTraffic(), phases - 1) : -1;
            return phase >= 0 ? phase : random.nextInt(phases);
        }

        /** -1 where none has any. */
        private int phaseWithTraffic() {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < target.phases().size(); i++) {
                if (target.phases().get(i).weight() > 0) {
                    all.add(i);
                }
            }
            return all.isEmpty() ? -1 : all.get(random.nextInt(all.size()));
        }

        private void add(FaultKind kind, Moment moment, int phase, Duration after, Duration lasts) {
            String where = phase < 0 ? "" : target.phases().get(phase).name();
            faults.add(new Fault(kind, moment, phase, where, after, kind.isMoment() ? Duration.ZERO : lasts));
        }

        private FaultKind one(FaultKind... kinds) {
            return kinds[random.nextInt(kinds.length)];
        }

        /** A part of a phase. */
        private Duration some() {
            return paces(0.05, 0.5);
        }

        /** A part of a phase, or now and then some phases. */
        private Duration length() {
            return random.nextInt(4) == 0 ? paces(1, 3) : paces(0.1, 1);
        }

        private Duration paces(double from, double to) {
            double drawn = from + (to - from) * random.nextDouble();
            return Duration.ofMillis(Math.max(1, Math.round(target.pace().toMillis() * drawn)));
        }
    }
}
