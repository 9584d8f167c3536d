package io.throughline.api.event;

import io.throughline.api.event.SubscriptionView.SubscriptionRequest;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventReceiver;
import io.throughline.domain.event.EventSubscriptions.Wish;
import io.throughline.domain.event.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what somebody wants to subscribe to. */
public final class SubscriptionReader {
    private final EventReceiver receiver;
    private final Set<AccountId> accounts;

    public SubscriptionReader(EventReceiver receiver, Set<AccountId> accounts) {
        this.receiver = receiver;
        this.accounts = Set.copyOf(accounts);
    }

    Wish read(SubscriptionRequest request) {
        List<FieldError> errors = new ArrayList<>();
        Set<EventType> types = new HashSet<>();
        for (int i = 0; i < request.types().size(); i++) {
            Optional<EventType> type = EventType.named(request.types().get(i));
            type.ifPresent(types::add);
            if (type.isEmpty()) {
                errors.add(new FieldError("/types/" + i, "no such type; GET /v1/events/schemas lists them"));
            }
        }
        if (request.types().isEmpty()) {
            errors.add(new FieldError("/types", "at least one type"));
        }
        request.account()
                .filter(account ->
                        accounts.stream().noneMatch(known -> known.value().equals(account)))
                .ifPresent(unknown -> errors.add(new FieldError("/account", "no such account")));
        receiver.objection(request.url()).ifPresent(objection -> errors.add(new FieldError("/url", objection)));
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The subscription can't be made.", errors);
        }
        return new Wish(request.url(), types, request.account().map(AccountId::of));
    }
}
