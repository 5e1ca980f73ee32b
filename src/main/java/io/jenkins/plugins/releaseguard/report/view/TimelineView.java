// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.util.ArrayList;
import java.util.List;

/** The timeline's lines, the day only where it changes. */
final class TimelineView {
    private TimelineView() {}

    static List<TimelineLine> lines(List<Report.Moment> moments) {
        List<TimelineLine> lines = new ArrayList<>();
        String before = "";
        for (Report.Moment moment : moments) {
            String day = Words.dayTime(moment.at()).substring(0, 10);
            lines.add(new TimelineLine(
                    day.equals(before) ? "" : day,
                    Words.time(moment.at()),
                    moment.at().toString(),
                    moment.tone().word(),
                    moment.tone().mark(),
                    moment.text()));
            before = day;
        }
        return lines;
    }
}
