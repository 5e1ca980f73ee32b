// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Util;
import io.jenkins.plugins.releaseguard.jenkins.page.LaneRow;
import io.jenkins.plugins.releaseguard.lane.LaneLoad;
import java.time.Duration;
import java.util.Optional;

/** How late our own threads are, in words for people. */
final class Lateness {
    /** A wait that people should know of. */
    private static final Duration WORTH_A_LOOK = Duration.ofSeconds(1);
    /** Pages that show nothing shorter stay as they are while nothing is wrong. */
    private static final long GRAIN = 100;

    private Lateness() {}

    static LaneRow row(LaneLoad load) {
        Duration longest = load.oldest().compareTo(load.longest()) > 0 ? load.oldest() : load.longest();
        boolean late = load.p99().compareTo(WORTH_A_LOOK) >= 0 || load.oldest().compareTo(WORTH_A_LOOK) >= 0;
        return new LaneRow(name(load.lane()), load.running(), load.waiting(), words(load.p99()), words(longest), late);
    }

    /** Empty where it isn't worth a word. */
    static String ofLook(Duration waited) {
        return waited.compareTo(WORTH_A_LOOK) < 0 ? "" : Messages.Lateness_Look(words(waited));
    }

    /** Empty while nothing does. */
    static Optional<String> hanging(int threads, int most) {
        if (threads == 0) {
            return Optional.empty();
        }
        return Optional.of(threads < most ? Messages.Lateness_Hanging(threads, most) : Messages.Lateness_AllHang(most));
    }

    private static String words(Duration wait) {
        long millis = wait.toMillis() / GRAIN * GRAIN;
        return millis == 0 ? Messages.Lateness_Under(GRAIN) : Util.getTimeSpanString(millis);
    }

    private static String name(String lane) {
        return switch (lane) {
            case "looks" -> Messages.Lateness_Looks();
            case "forward" -> Messages.Lateness_Forward();
            case "back" -> Messages.Lateness_Back();
            case "actions" -> Messages.Lateness_Actions();
            case "checks" -> Messages.Lateness_Checks();
            case "people" -> Messages.Lateness_People();
            case "set-ups" -> Messages.Lateness_SetUps();
            case "telling" -> Messages.Lateness_Telling();
            case "stopping" -> Messages.Lateness_Stopping();
            case "steps" -> Messages.Lateness_Steps();
            case "gates" -> Messages.Lateness_Gates();
            case "evidence" -> Messages.Lateness_Evidence();
            case "resuming" -> Messages.Lateness_Resuming();
            case "filing" -> Messages.Lateness_Filing();
            case "calling" -> Messages.Lateness_Calling();
            case "directory" -> Messages.Lateness_Directory();
            default -> lane;
        };
    }
}
