package io.throughline.activities.inventory;

import io.throughline.activities.call.Effects;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.PublicationPlan;
import io.throughline.domain.inventory.PublicationSubject;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockMirror.Answer;
import io.throughline.domain.inventory.StockMirror.Complaint;
import io.throughline.domain.inventory.StockMirror.Reason;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings what one account's system shows of some places into step with the ledger, call by call. Each call is stored before it is sent;
 * while it is not known what became of one, it is repeated under its key and nothing else is sent. A comparison in the call itself keeps
 * it from overwriting what it was not made for, so what a lost call has done need not be looked for.
 */
final class StockPublisher {
    private static final String OPERATION = "publish";
    private static final String UNTOLD = "untold";

    private final AccountId account;
    private final StockMirrors mirrors;
    private final StockMirror mirror;
    private final Publications publications;
    private final PublicationPlan plan;
    private final Effects effects;
    private final Cases cases;
    private int most;

    StockPublisher(AccountId account, StockMirrors mirrors, Publications publications, Effects effects, Cases cases) {
        this.account = account;
        this.mirrors = mirrors;
        this.mirror = mirrors.of(account);
        this.publications = publications;
        this.plan = new PublicationPlan(mirror.states());
        this.effects = effects;
        this.cases = cases;
        this.most = mirror.mostLines();
    }

    /** Takes the next step with these places; false: there is none, they show what they shall. */
    boolean advance(Collection<StockSubject> places) {
        Optional<StockTelling> inHand = publications.inHand(account);
        if (inHand.isPresent()) {
            send(inHand.get());
            return true;
        }
        List<StockPicture> pictures = publications.pictures(account, mirrors.facilities(account), places);
        List<StockPicture> unread =
                pictures.stream().filter(StockPicture::mustRead).toList();
        if (!unread.isEmpty()) {
            read(unread);
            return true;
        }
        publications.follow(account, pictures);
        List<StockTelling.Line> lines = plan.next(pictures, most);
        if (lines.isEmpty()) {
            return false;
        }
        send(publications.prepare(account, lines));
        return true;
    }

    private void read(List<StockPicture> unread) {
        Map<FacilityId, List<StockPicture>> byFacility = unread.stream()
                .collect(Collectors.groupingBy(picture -> picture.place().facility()));
        byFacility.forEach((facility, pictures) -> {
            Map<Sku, ShownStock> shown = mirror.read(
                    account,
                    facility,
                    pictures.stream().map(picture -> picture.place().sku()).toList());
            Map<StockPicture, ShownStock> found = new HashMap<>();
            Set<StockSubject> missing = new HashSet<>();
            for (StockPicture picture : pictures) {
                @Nullable ShownStock one = shown.get(picture.place().sku());
                if (one == null) {
                    missing.add(picture.place());
                } else {
                    found.put(picture, one);
                }
            }
            publications.learn(account, found, mirrors.movedBy(account));
            missing.forEach(place -> refused(place, "it has no item, or several, under this SKU"));
        });
    }

    /** One case tells of a SKU, wherever it is refused. */
    private void refused(StockSubject place, String words) {
        publications.refuse(account, List.of(place));
        cases.open(
                account,
                new PublicationSubject(account, place.sku()).toString(),
                "inventorySync.publish",
                FailureCode.STOCK_NOT_PUBLISHED,
                place.facility() + ": " + words);
    }

    private void send(StockTelling telling) {
        boolean repeated = publications.sending(telling);
        Call call = new Call(telling);
        Reply reply = carryOut(telling, call);
        Optional<Answer> answer = Optional.ofNullable(call.answer);
        Set<Integer> untold = switch (reply) {
            case Reply.Done(Receipt receipt) -> untold(receipt);
            case Reply.Refused refused -> allOf(telling);
        };
        boolean doubtful = repeated && !answer.map(StockPublisher::nothingEver).orElse(false);
        if (doubtful && !untold.isEmpty()) {
            publications.told(telling, withheld(telling, untold), true);
        } else if (reply instanceof Reply.Done) {
            // What an earlier attempt was told may be some time ago.
            publications.told(telling, untold, doubtful && answer.isEmpty());
        } else {
            publications.withdraw(telling, answer.map(StockPublisher::stale).orElse(untold));
        }
        answer.ifPresent(given -> complain(telling, given));
    }

    private Reply carryOut(StockTelling telling, Call call) {
        try {
            return effects.carryOut(
                    Effects.Intent.of(account, "inventory/" + account, OPERATION, Long.toString(telling.number()))
                            .asking(telling.request())
                            .foundBy(Optional::empty)
                            .doneBy(call::make),
                    Optional.empty());
        } catch (SystemFailure failure) {
            if (!failure.effectPossible() && failure.code() != FailureCode.EFFECT_IN_FLIGHT) {
                publications.notSent(telling);
            }
            throw failure;
        }
    }

    /**
     * These lines were not taken now, but may have been before. The case is believed in which less is on offer: what withholds stock is
     * told again, what offers it is not.
     */
    private static Set<Integer> withheld(StockTelling telling, Set<Integer> untold) {
        return untold.stream()
                .filter(index -> telling.lines().get(index).withholds())
                .collect(Collectors.toSet());
    }

    private static boolean nothingEver(Answer answer) {
        return answer.complaints().stream().anyMatch(complaint -> complaint.reason() == Reason.KEY_USED_UP);
    }

    private void complain(StockTelling telling, Answer answer) {
        boolean nameless = answer.complaints().stream().anyMatch(complaint -> complaint.line() < 0);
        // Half as many lines at a time, until the call is about the one that is meant.
        most = nameless ? Math.max(1, telling.lines().size() / 2) : Math.min(mirror.mostLines(), most * 2);
        answer.complaints().stream()
                .filter(complaint -> complaint.reason() == Reason.REFUSED && complaint.line() >= 0)
                .forEach(complaint ->
                        refused(telling.lines().get(complaint.line()).place(), complaint.words()));
    }

    private static Set<Integer> stale(Answer answer) {
        return answer.complaints().stream()
                .filter(complaint -> complaint.reason() != Reason.REFUSED && complaint.line() >= 0)
                .map(Complaint::line)
                .collect(Collectors.toSet());
    }

    private static Set<Integer> allOf(StockTelling telling) {
        return IntStream.range(0, telling.lines().size()).boxed().collect(Collectors.toSet());
    }

    private static Set<Integer> untold(Receipt receipt) {
        return Stream.of(receipt.details().getOrDefault(UNTOLD, "").split(","))
                .filter(index -> !index.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    /** The call of one attempt, and what the system answered to it, if it came to that. */
    private final class Call {
        private final StockTelling telling;
        private @Nullable Answer answer;

        Call(StockTelling telling) {
            this.telling = telling;
        }

        Reply make(String key) {
            Answer given = mirror.tell(telling, key);
            answer = given;
            String number = Long.toString(telling.number());
            if (given.allTold()) {
                return Reply.done(number);
            }
            return given.othersTold()
                    ? Reply.done(new Receipt(
                            number,
                            Map.of(
                                    UNTOLD,
                                    given.complaints().stream()
                                            .map(complaint -> Integer.toString(complaint.line()))
                                            .collect(Collectors.joining(",")))))
                    : Reply.refused(
                            FailureCode.STOCK_NOT_PUBLISHED,
                            given.complaints().getFirst().words());
        }
    }
}
