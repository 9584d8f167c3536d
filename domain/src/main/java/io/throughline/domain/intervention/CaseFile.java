package io.throughline.domain.intervention;

import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A case with what people do about it. {@code cause} is what it has in common with others, {@code stake} what the order comes to that it
 * holds up, {@code proposal} what one person wants to decide and another one has still to. Until {@code snoozedUntil} nobody wants to see
 * it; its clock goes on. {@code escalations} groups have heard that it is late.
 */
public record CaseFile(
        Case about,
        Fingerprint cause,
        Instant atRiskAt,
        Optional<Money> stake,
        Optional<String> assignee,
        Optional<Instant> snoozedUntil,
        Optional<Decision> proposal,
        int escalations) {

    /** What has been decided or closed stands as it did then. */
    public ServiceLevel serviceLevel(Instant now) {
        Instant by = about.closedAt()
                .or(() ->
                        about.status() == CaseStatus.DECIDED ? about.decision().map(Decision::at) : Optional.empty())
                .orElse(now);
        if (!by.isBefore(about.dueAt())) {
            return ServiceLevel.BREACHED;
        }
        return by.isBefore(atRiskAt) ? ServiceLevel.ON_TIME : ServiceLevel.AT_RISK;
    }

    public boolean snoozed(Instant now) {
        return about.status() == CaseStatus.OPEN
                && snoozedUntil.filter(now::isBefore).isPresent();
    }
}
