package io.throughline.domain.marketplace;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Until when an order is to be shipped: so many hours after it was placed, or at the end of so many days later on which people work. */
public sealed interface ShipBy {
    Instant after(Instant placedAt, ZoneId zone);

    record Hours(int hours) implements ShipBy {
        public Hours {
            requirePositive(hours);
        }

        @Override
        public Instant after(Instant placedAt, ZoneId zone) {
            return placedAt.plus(Duration.ofHours(hours));
        }
    }

    /** Monday to Friday, by the days of the marketplace's zone. */
    record BusinessDays(int days) implements ShipBy {
        public BusinessDays {
            requirePositive(days);
        }

        @Override
        public Instant after(Instant placedAt, ZoneId zone) {
            LocalDate day = placedAt.atZone(zone).toLocalDate();
            for (int counted = 0; counted < days; ) {
                day = day.plusDays(1);
                counted += isBusinessDay(day) ? 1 : 0;
            }
            return day.plusDays(1).atStartOfDay(zone).toInstant();
        }

        private static boolean isBusinessDay(LocalDate day) {
            return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
        }
    }

    /** As it is written in the configuration: {@code 48 hours} or {@code 2 business days}. */
    static ShipBy parse(String text) {
        Matcher form =
                Pattern.compile("([1-9][0-9]{0,2}) (hours?|business days?)").matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text);
        }
        int count = Integer.parseInt(form.group(1));
        return form.group(2).startsWith("hour") ? new Hours(count) : new BusinessDays(count);
    }

    private static void requirePositive(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("it takes some time to ship an order");
        }
    }
}
