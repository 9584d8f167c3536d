package io.throughline.api.console.facility;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.facility.FacilityPage.PauseRow;
import io.throughline.api.console.facility.FacilityPage.WorkRow;
import io.throughline.api.customer.Mask;
import io.throughline.api.fulfillment.FacilitySwitch;
import io.throughline.api.fulfillment.WorkListResource;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.order.LineQuantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the page of a facility shows. */
public final class FacilityPages {
    private static final int MOST = 100;
    private static final List<Duration> LENGTHS =
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(7));

    private final Facilities facilities;
    private final WorkLists lists;
    private final FacilitySwitch facilitySwitch;
    private final Bundles bundles;

    public FacilityPages(Facilities facilities, WorkLists lists, FacilitySwitch facilitySwitch, Bundles bundles) {
        this.facilities = facilities;
        this.lists = lists;
        this.facilitySwitch = facilitySwitch;
        this.bundles = bundles;
    }

    /** The facility of that name, or the problem that there is none. */
    Facility find(String name) {
        return Parameters.name(name, FacilityId::new)
                .flatMap(facilities::find)
                .orElseThrow(() -> ProblemException.notFound("such facility"));
    }

    FacilityPage read(Facility facility, Visit visit, Moments moments) {
        Optional<PauseRow> pause = facilitySwitch
                .of(facility.id())
                .map(now -> new PauseRow(now.actor(), openWork(now.openWork()), moments.of(now.until())));
        List<WorkLists.Item> items = lists.at(facility.id(), WorkListResource.OPEN, Optional.empty(), MOST + 1);
        return new FacilityPage(
                FacilityRow.of(facility, pause.isPresent()),
                pause,
                items.stream()
                        .limit(MOST)
                        .map(item -> row(item, visit.caller(), moments))
                        .toList(),
                items.size() > MOST,
                visit.caller().hasAny(Role.SUPPORT, Role.ADMIN),
                List.of(
                        new Choice(OpenWork.REROUTE.name(), "Goes to others", true),
                        new Choice(OpenWork.WAIT.name(), "Waits here, and needs an end", false)),
                Choice.among(
                        "Until somebody resumes it",
                        LENGTHS.stream(),
                        Duration::toString,
                        length -> "For " + Moments.length(length),
                        Optional.empty()));
    }

    private static String openWork(OpenWork openWork) {
        return switch (openWork) {
            case REROUTE -> "what it had not packed goes to others";
            case WAIT -> "what it had waits here";
        };
    }

    private WorkRow row(WorkLists.Item item, Caller caller, Moments moments) {
        FulfillmentOrder work = item.work();
        boolean support = caller.hasAny(Role.SUPPORT);
        return new WorkRow(
                work.id().value(),
                item.orderName().isBlank() ? work.id().order().value() : item.orderName(),
                Subjects.order(work.id().order()),
                Words.of(work.method()),
                Badge.of(work.status()),
                LineQuantity.goods(work.lines(), bundles).stream()
                        .map(part -> part.quantity() + " × " + part.sku())
                        .collect(Collectors.joining(", ")),
                item.customer().map(name -> support ? name : Mask.words(name)).orElse(""),
                moments.of(item.arrivedAt()),
                item.spot().filter(words -> support).orElse(""),
                moments.of(work.deadline()),
                work.heldOpen().isEmpty()
                        && work.deadline().filter(moments.now()::isAfter).isPresent(),
                work.tracking().map(tracking -> tracking.number()).orElse(""),
                work.heldOpen().map(WorkHold::reason).orElse(""));
    }
}
