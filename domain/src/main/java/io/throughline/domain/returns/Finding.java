package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody has found of goods that have come to a place, and decided about them. {@code photos} are references: where they are kept. */
public record Finding(FacilityId facility, List<Units> units, List<String> photos) {
    public Finding {
        units = List.copyOf(units);
        photos = List.copyOf(photos);
    }

    /** Without photos. */
    public Finding(FacilityId facility, List<Units> units) {
        this(facility, units, List.of());
    }

    /** Units of one line of the order that are in the same condition. {@code reason}: why they are not taken, if they go back. */
    public record Units(
            String lineId,
            int quantity,
            ConditionGrade grade,
            Disposition disposition,
            Optional<SendBackReason> reason) {
        public Units {
            if (quantity < 1) {
                throw new IllegalArgumentException("line " + lineId + ": quantity must be at least 1");
            }
            if (disposition.taken() == reason.isPresent()) {
                throw new IllegalArgumentException(
                        "line " + lineId + ": a reason for what goes back, and for nothing else");
            }
        }

        /** That are taken. */
        public Units(String lineId, int quantity, ConditionGrade grade, Disposition disposition) {
            this(lineId, quantity, grade, disposition, Optional.empty());
        }

        Units part(int some) {
            return new Units(lineId, some, grade, disposition, reason);
        }
    }

    /** Whether anything of it is not taken. */
    public boolean sendsBack() {
        return units.stream().anyMatch(some -> !some.disposition().taken());
    }

    /** What it means for one of the return's lines, by its number. */
    public record Sorted(int line, Units units) {}

    /** Empty: it tells of units that have not come, or were looked at before. */
    public Optional<List<Sorted>> sortedFor(Return returned) {
        Map<Integer, Integer> looked = new HashMap<>();
        List<Sorted> sorted = new ArrayList<>();
        for (Units some : units) {
            int left = some.quantity();
            for (Return.Line line : returned.lines()) {
                int room = line.lineId().equals(some.lineId())
                        ? line.toInspect() - looked.getOrDefault(line.number(), 0)
                        : 0;
                int part = Math.min(left, room);
                if (part > 0) {
                    looked.merge(line.number(), part, Integer::sum);
                    sorted.add(new Sorted(line.number(), some.part(part)));
                    left -= part;
                }
            }
            if (left > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(sorted));
    }
}
