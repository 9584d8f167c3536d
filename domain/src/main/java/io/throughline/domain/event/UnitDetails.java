package io.throughline.domain.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Units of goods as details of an entry of the trace: one detail for each, {@code parts 001} and so on, that says whose they are, how many of what:
 * {@code O-7K2M9Q4XTA-F1 WH-EAST 2 NW-TEE-BLK-M}. The SKU is the last, for it may hold spaces.
 */
public final class UnitDetails {
    private UnitDetails() {}

    /** {@code whose} are names without spaces, as many for each of a kind of entry. */
    public record Units(List<String> whose, int quantity, String sku) {
        public Units {
            whose = List.copyOf(whose);
        }

        private String words() {
            return String.join(" ", whose) + (whose.isEmpty() ? "" : " ") + quantity + " " + sku;
        }
    }

    public static Map<String, String> write(String name, List<Units> units) {
        Map<String, String> details = new TreeMap<>();
        for (int i = 0; i < units.size(); i++) {
            details.put(
                    String.format(Locale.ROOT, "%s %03d", name, i + 1),
                    units.get(i).words());
        }
        return details;
    }

    /** As a subscriber is told them, in their order, under the names of {@code whose}. */
    static List<Map<String, Object>> read(Map<String, String> details, String name, List<String> whose) {
        return new TreeMap<>(details)
                .entrySet().stream()
                        .filter(detail -> detail.getKey().matches(name + " [0-9]{3,}"))
                        .map(detail -> read(detail.getValue(), whose))
                        .toList();
    }

    private static Map<String, Object> read(String words, List<String> whose) {
        String[] parts = words.split(" ", whose.size() + 2);
        Map<String, Object> units = new LinkedHashMap<>();
        for (int i = 0; i < whose.size(); i++) {
            units.put(whose.get(i), parts[i]);
        }
        units.put("quantity", Long.valueOf(parts[whose.size()]));
        units.put("sku", parts[whose.size() + 1]);
        return units;
    }
}
