package io.throughline.api.console.returns;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Words;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.returns.InspectionSubmission;
import io.throughline.api.returns.ReceiptSubmission;
import io.throughline.api.returns.RegradingSubmission;
import io.throughline.api.returns.ReturnWork;
import io.throughline.api.returns.UnexpectedSubmission;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.ReceivedUnits;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SendBackReason;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What people may tell of a return on its page, and what they have told. A form bears a name that follows from how far the return is: sent twice from one
 * page it is told once, and from the next page it is something new.
 */
public final class ReturnForms {
    /** More units than this are looked at in several turns. */
    private static final int MOST_ROWS = 30;

    private static final String KEY = "key";
    private static final String FACILITY = "facility";
    private static final String UNITS = "units/";
    private static final String GRADE = "grade/";
    private static final String DISPOSITION = "disposition/";
    private static final String REASON = "reason/";
    private static final String LINE = "line/";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private final ReturnWork work;
    private final Returns returns;
    private final Facilities facilities;

    public ReturnForms(ReturnWork work, Returns returns, Facilities facilities) {
        this.work = work;
        this.returns = returns;
        this.facilities = facilities;
    }

    /** A number that somebody fills in. */
    public record Field(String name, String label, String sku, int value) {}

    public record Receiving(String key, List<Choice> facilities, List<Field> fields) {}

    /** One unit to be looked at, and the names of its fields. */
    public record UnitRow(
            int number, String sku, String lineId, String line, String grade, String disposition, String reason) {}

    public record Inspecting(
            String key,
            String facility,
            List<UnitRow> units,
            boolean more,
            List<Choice> grades,
            List<Choice> dispositions,
            List<Choice> reasons) {}

    /** Units whose grade may be corrected. */
    public record RegradeRow(String label, String field, List<Choice> grades) {}

    public record Regrading(String key, List<RegradeRow> rows) {}

    public record PlaceRow(
            int number, String label, String lineId, String line, String units, int quantity, String disposition) {}

    public record Placing(String key, String facility, List<PlaceRow> rows, List<Choice> dispositions) {}

    Optional<Receiving> receiving(Return returned, Caller caller) {
        boolean may = !returned.ended()
                && !(returned.to() instanceof ReturnedTo.Never)
                && caller.hasAny(Role.STORE, Role.SUPPORT);
        if (!may) {
            return Optional.empty();
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        returned.lines()
                .forEach(line -> fields.merge(
                        line.lineId(),
                        new Field(
                                UNITS + line.lineId(),
                                "Units of " + line.sku(),
                                line.sku().value(),
                                line.authorised() - line.received() - line.missing()),
                        (one, other) -> new Field(one.name(), one.label(), one.sku(), one.value() + other.value())));
        return Optional.of(new Receiving(
                name(returned, "receipts", received(returned)),
                places(
                        caller,
                        returned.to() instanceof ReturnedTo.InStore in ? Optional.of(in.store()) : Optional.empty()),
                List.copyOf(fields.values())));
    }

    private static int received(Return returned) {
        int expected = returned.lines().stream()
                .mapToInt(line -> line.received() + line.missing())
                .sum();
        return expected
                + returned.unexpected().stream()
                        .mapToInt(Return.Unexpected::quantity)
                        .sum();
    }

    private static String name(Return returned, String what, Object state) {
        return "console/" + returned.id() + "/" + what + "/" + state;
    }

    private List<Choice> places(Caller caller, Optional<FacilityId> usual) {
        return facilities.all().stream()
                .filter(place -> caller.worksFor(place.id()))
                .map(place -> choice(place, usual))
                .toList();
    }

    private static Choice choice(Facility place, Optional<FacilityId> usual) {
        return new Choice(
                place.id().value(),
                place.name(),
                usual.filter(place.id()::equals).isPresent());
    }

    /** One for each place where something lies that nobody has looked at. */
    List<Inspecting> inspecting(Return returned, Caller caller) {
        if (returned.ended() || !caller.hasAny(Role.STORE, Role.SUPPORT)) {
            return List.of();
        }
        Map<FacilityId, List<ReceivedUnits>> lying = new LinkedHashMap<>();
        returns.received(returned.id()).stream()
                .filter(some -> some.toInspect() > 0 && caller.worksFor(some.facility()))
                .forEach(some -> lying.computeIfAbsent(some.facility(), first -> new ArrayList<>())
                        .add(some));
        return lying.entrySet().stream()
                .map(place -> inspecting(returned, place.getKey(), place.getValue()))
                .toList();
    }

    private Inspecting inspecting(Return returned, FacilityId place, List<ReceivedUnits> lying) {
        List<String> lines = lying.stream()
                .flatMap(some -> Stream.generate(some::lineId).limit(some.toInspect()))
                .toList();
        List<UnitRow> rows = IntStream.range(0, Math.min(lines.size(), MOST_ROWS))
                .mapToObj(i -> row(i + 1, lines.get(i), returned))
                .toList();
        long looked = returned.lines().stream()
                .flatMap(line -> line.inspections().stream())
                .mapToLong(Return.Inspection::number)
                .max()
                .orElse(0);
        return new Inspecting(
                name(returned, "inspections", place + "/" + looked),
                place.value(),
                rows,
                lines.size() > MOST_ROWS,
                grades(returned, Optional.empty()),
                choices("Not yet", Arrays.stream(Disposition.values())),
                choices("–", Arrays.stream(SendBackReason.values()).filter(one -> one != SendBackReason.NOT_PAID_FOR)));
    }

    private static UnitRow row(int number, String lineId, Return returned) {
        String sku = returned.lines().stream()
                .filter(line -> line.lineId().equals(lineId))
                .findFirst()
                .map(line -> line.sku().value())
                .orElse(lineId);
        return new UnitRow(number, sku, lineId, LINE + number, GRADE + number, DISPOSITION + number, REASON + number);
    }

    private List<Choice> grades(Return returned, Optional<ConditionGrade> now) {
        return work.grades(returned).stream()
                .map(ConditionGrade::name)
                .sorted()
                .map(name -> new Choice(
                        name,
                        Words.of(name),
                        now.map(ConditionGrade::name).filter(name::equals).isPresent()))
                .toList();
    }

    private static <T extends Enum<T>> List<Choice> choices(String none, Stream<T> values) {
        return Choice.among(none, values, Enum::name, Words::of, Optional.empty());
    }

    /** Grades may become what they were before, so the minute tells one correction from another. */
    Optional<Regrading> regrading(Return returned, Caller caller, Moments moments) {
        if (!returned.mayBeRegraded() || !caller.hasAny(Role.SUPPORT, Role.FINANCE)) {
            return Optional.empty();
        }
        List<RegradeRow> rows = returned.lines().stream()
                .flatMap(line -> line.inspections().stream()
                        .filter(found -> found.disposition().taken())
                        .map(found -> new RegradeRow(
                                found.quantity() + " × " + line.sku(),
                                GRADE + found.number(),
                                grades(returned, Optional.of(found.grade())))))
                .toList();
        return Optional.of(
                new Regrading(name(returned, "regradings", moments.now().truncatedTo(ChronoUnit.MINUTES)), rows));
    }

    List<Placing> placing(Return returned, Caller caller) {
        if (!caller.hasAny(Role.SUPPORT)) {
            return List.of();
        }
        Map<FacilityId, List<Return.Unexpected>> lying = new LinkedHashMap<>();
        List<Return.Unexpected> undecided = work.undecided(returned);
        undecided.forEach(some -> lying.computeIfAbsent(some.facility(), first -> new ArrayList<>())
                .add(some));
        int left = undecided.stream().mapToInt(Return.Unexpected::quantity).sum();
        return lying.entrySet().stream()
                .map(place -> placing(returned, place.getKey(), place.getValue(), left))
                .toList();
    }

    private static Placing placing(Return returned, FacilityId place, List<Return.Unexpected> lying, int left) {
        List<PlaceRow> rows = IntStream.range(0, lying.size())
                .mapToObj(i -> new PlaceRow(
                        i + 1,
                        lying.get(i).quantity() + " × " + lying.get(i).sku(),
                        lying.get(i).lineId(),
                        LINE + (i + 1),
                        UNITS + (i + 1),
                        lying.get(i).quantity(),
                        DISPOSITION + (i + 1)))
                .toList();
        return new Placing(
                name(returned, "unexpected-goods", place + "/" + received(returned) + "/" + left),
                place.value(),
                rows,
                choices("Not yet", Arrays.stream(Disposition.values())));
    }

    static String key(Form form) {
        return form.text(KEY)
                .filter(name -> name.length() <= 255)
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID_CONTENT, "Open the page of it again."));
    }

    static ReceiptSubmission receipt(Return returned, Form form) {
        List<ReceiptSubmission.Units> units = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        returned.lines().stream().map(Return.Line::lineId).distinct().forEach(line -> {
            Optional<String> told = form.text(UNITS + line);
            told.filter(text -> !NUMBER.matcher(text).matches())
                    .ifPresent(text -> errors.add(new FieldError("/" + line, "a number of units")));
            told.filter(text -> NUMBER.matcher(text).matches())
                    .map(Integer::parseInt)
                    .filter(number -> number > 0)
                    .ifPresent(number -> units.add(new ReceiptSubmission.Units(line, number)));
        });
        throwIfAny(errors);
        return new ReceiptSubmission(
                form.text(FACILITY).orElse(""),
                units,
                Optional.of(form.text("complete").isPresent()));
    }

    /** Of the rows in which somebody has said what becomes of the unit. */
    static InspectionSubmission inspection(Form form) {
        List<InspectionSubmission.Units> units = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (int row = 1; row <= MOST_ROWS; row++) {
            String at = "/unit " + row;
            Optional<String> line = form.text(LINE + row);
            Optional<Disposition> disposition = read(form, DISPOSITION + row, Disposition::valueOf, at, errors);
            Optional<SendBackReason> reason = read(form, REASON + row, SendBackReason::valueOf, at, errors);
            if (line.isPresent() && disposition.isPresent()) {
                units.add(new InspectionSubmission.Units(
                        line.get(), 1, form.text(GRADE + row).orElse(""), disposition.get(), reason));
            }
        }
        throwIfAny(errors);
        List<String> photos = form.text("photos").stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(photo -> !photo.isEmpty())
                .toList();
        return new InspectionSubmission(form.text(FACILITY).orElse(""), units, Optional.of(photos));
    }

    static RegradingSubmission regrading(Return returned, Form form) {
        return new RegradingSubmission(returned.lines().stream()
                .flatMap(line -> line.inspections().stream())
                .flatMap(found -> form
                        .text(GRADE + found.number())
                        .filter(grade -> !grade.equals(found.grade().name()))
                        .map(grade -> new RegradingSubmission.Found(found.number(), grade))
                        .stream())
                .toList());
    }

    static UnexpectedSubmission placed(Form form) {
        List<UnexpectedSubmission.Units> units = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (int row = 1; row <= MOST_ROWS; row++) {
            Optional<String> line = form.text(LINE + row);
            Optional<Disposition> disposition =
                    read(form, DISPOSITION + row, Disposition::valueOf, "/goods " + row, errors);
            Optional<Integer> quantity = form.text(UNITS + row)
                    .filter(text -> NUMBER.matcher(text).matches())
                    .map(Integer::parseInt);
            if (line.isPresent() && disposition.isPresent()) {
                units.add(new UnexpectedSubmission.Units(line.get(), quantity.orElse(0), disposition.get()));
            }
        }
        throwIfAny(errors);
        return new UnexpectedSubmission(form.text(FACILITY).orElse(""), units);
    }

    private static <T> Optional<T> read(
            Form form, String field, Function<String, T> parser, String at, List<FieldError> errors) {
        Optional<String> text = form.text(field);
        Optional<T> read = text.flatMap(given -> Parameters.name(given, parser));
        if (text.isPresent() && read.isEmpty()) {
            errors.add(new FieldError(at, "one of the choices of its page"));
        }
        return read;
    }

    private static void throwIfAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "Not all of it can be read.", List.copyOf(errors));
        }
    }
}
