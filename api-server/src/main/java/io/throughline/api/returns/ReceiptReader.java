package io.throughline.api.returns;

import io.throughline.api.order.Findings;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.SendBackReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes sense of what came and of what was found, or tells everything that is wrong with it: INVALID_CONTENT. */
public final class ReceiptReader {
    /** That a second person does not pay for it is said by refusing the refund. */
    private static final List<SendBackReason> FOUND_AT_ONCE = Arrays.stream(SendBackReason.values())
            .filter(reason -> reason != SendBackReason.NOT_PAID_FOR)
            .toList();

    private final Facilities facilities;
    private final ReturnPolicies policies;

    public ReceiptReader(Facilities facilities, ReturnPolicies policies) {
        this.facilities = facilities;
        this.policies = policies;
    }

    Arrival read(ReceiptSubmission submission) {
        Findings findings = new Findings();
        Optional<FacilityId> facility = facility(submission.facility(), findings);
        boolean complete = submission.complete().orElse(false);
        findings.require(
                (complete || !submission.lines().isEmpty())
                        && submission.lines().size() <= ReturnSubmission.MOST_LINES,
                "/lines",
                "1 to " + ReturnSubmission.MOST_LINES + " lines; none only if nothing more is to come");
        Set<String> named = new HashSet<>();
        List<Arrival.Units> units = units(submission.lines().size(), at -> {
            ReceiptSubmission.Units some = submission.lines().get(at);
            findings.visible("/lines/" + at + "/lineId", some.lineId(), 100);
            findings.require(named.add(some.lineId()), "/lines/" + at + "/lineId", "each line once");
            return ReturnSubmission.fits(some.quantity(), at, findings)
                    ? Optional.of(new Arrival.Units(some.lineId(), some.quantity()))
                    : Optional.empty();
        });
        return new Arrival(whole(facility, findings), units, complete);
    }

    Finding read(InspectionSubmission submission, Return returned) {
        Findings findings = new Findings();
        Optional<FacilityId> facility = facility(submission.facility(), findings);
        findings.require(
                !submission.lines().isEmpty() && submission.lines().size() <= ReturnSubmission.MOST_LINES,
                "/lines",
                "1 to " + ReturnSubmission.MOST_LINES + " lines");
        List<String> photos = submission.photos().orElse(List.of());
        findings.require(
                photos.size() <= ReturnSubmission.MOST_PHOTOS
                        && Set.copyOf(photos).size() == photos.size(),
                "/photos",
                "at most " + ReturnSubmission.MOST_PHOTOS + ", each once");
        photos.forEach(photo -> findings.visible("/photos", photo, ReturnSubmission.LONGEST_REFERENCE));
        Set<ConditionGrade> grades = policies.named(returned.policyVersion())
                .map(ReturnPolicy::grades)
                .map(known -> known.percents().keySet())
                .orElse(Set.of());
        List<Finding.Units> units = units(submission.lines().size(), at -> {
            InspectionSubmission.Units some = submission.lines().get(at);
            findings.visible("/lines/" + at + "/lineId", some.lineId(), 100);
            Optional<ConditionGrade> grade = findings.attempt(
                    "/lines/" + at + "/grade",
                    "one of "
                            + grades.stream().map(ConditionGrade::name).sorted().toList(),
                    Optional.empty(),
                    () -> Optional.of(known(new ConditionGrade(some.grade()), grades)));
            boolean explained = some.disposition().taken() != some.reason().isPresent()
                    && some.reason().filter(SendBackReason.NOT_PAID_FOR::equals).isEmpty();
            findings.require(
                    explained,
                    "/lines/" + at + "/reason",
                    "one of " + FOUND_AT_ONCE + " with SEND_BACK, and with nothing else");
            return ReturnSubmission.fits(some.quantity(), at, findings) && explained
                    ? grade.map(known ->
                            new Finding.Units(some.lineId(), some.quantity(), known, some.disposition(), some.reason()))
                    : Optional.empty();
        });
        return new Finding(whole(facility, findings), units, photos);
    }

    static ConditionGrade known(ConditionGrade grade, Set<ConditionGrade> grades) {
        if (!grades.contains(grade)) {
            throw new IllegalArgumentException(grade.name());
        }
        return grade;
    }

    private static <T> List<T> units(int size, IntFunction<Optional<T>> read) {
        List<T> units = new ArrayList<>();
        IntStream.range(0, Math.min(size, ReturnSubmission.MOST_LINES))
                .mapToObj(read)
                .forEach(some -> some.ifPresent(units::add));
        return units;
    }

    Optional<FacilityId> facility(String text, Findings findings) {
        return findings.attempt(
                "/facility",
                "a facility",
                Optional.empty(),
                () -> Optional.of(facilities
                        .find(new FacilityId(text))
                        .map(Facility::id)
                        .orElseThrow(() -> new IllegalArgumentException(text))));
    }

    private static FacilityId whole(Optional<FacilityId> facility, Findings findings) {
        findings.throwIfAny("The content");
        return facility.orElseThrow();
    }
}
