package io.throughline.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How closely things that happened came one after the other. */
record Pace(List<Instant> moments) {
    Pace {
        moments = moments.stream().sorted().toList();
    }

    /** The most that happened within any stretch of this length. */
    int mostWithin(Duration stretch) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < moments.size(); last++) {
            while (!moments.get(first).plus(stretch).isAfter(moments.get(last))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
