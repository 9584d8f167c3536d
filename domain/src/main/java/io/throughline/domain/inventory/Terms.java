package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * From whose stock a demand may be served, and what happens when that isn't enough. {@code ofLines} are the lines that not all of these facilities
 * may serve, with those that may. {@code promised} are those of lines from which more was promised before than is now: what a basket keeps there
 * stays kept.
 */
public record Terms(
        Set<FacilityId> among,
        Map<String, Set<FacilityId>> ofLines,
        OnShortage onShortage,
        Map<String, Set<FacilityId>> promised) {
    public Terms {
        among = Set.copyOf(among);
        promised = Map.copyOf(promised);
        Map<String, Set<FacilityId>> narrower = new HashMap<>();
        for (Map.Entry<String, Set<FacilityId>> line : ofLines.entrySet()) {
            if (!line.getValue().equals(among)) {
                narrower.put(line.getKey(), Set.copyOf(line.getValue()));
            }
        }
        ofLines = Map.copyOf(narrower);
    }

    public Terms(Set<FacilityId> among, Map<String, Set<FacilityId>> ofLines, OnShortage onShortage) {
        this(among, ofLines, onShortage, Map.of());
    }

    /** Every line may be served by every one of them. */
    public Terms(Set<FacilityId> among, OnShortage onShortage) {
        this(among, Map.of(), onShortage);
    }

    /** Each line by its own. */
    public static Terms ofLines(Map<String, Set<FacilityId>> places, OnShortage onShortage) {
        Set<FacilityId> all = new HashSet<>();
        places.values().forEach(all::addAll);
        return new Terms(all, places, onShortage);
    }

    /** The same; what is kept already may come from these. */
    public Terms keeping(Map<String, Set<FacilityId>> places) {
        return new Terms(among, ofLines, onShortage, places);
    }

    /** From where what is kept for the line already may come. */
    public Set<FacilityId> keptAmong(String lineId) {
        return promised.getOrDefault(lineId, among(lineId));
    }

    public Set<FacilityId> among(String lineId) {
        return ofLines.getOrDefault(lineId, among);
    }

    /** Whether all lines may be served by the same facilities, as nearly always. */
    public boolean isUniform() {
        return ofLines.isEmpty();
    }

    public enum OnShortage {
        /** All lines or none. */
        REFUSE,
        /** What can be had is reserved, the rest is told. */
        PARTIAL,
        /** What can be had is reserved, the rest waits for incoming supply that covers it; without such supply, none. */
        BACKORDER,
        /** The same, of an order that takes each part of it as soon as that can be had: it is told of each. */
        SPLIT;

        /** Whether what is short waits for its supply. */
        public boolean waits() {
            return this == BACKORDER || this == SPLIT;
        }
    }
}
