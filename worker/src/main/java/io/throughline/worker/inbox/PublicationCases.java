package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.PublicationSubject;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Carries out what was decided about a SKU whose stock an outside system doesn't take: it is told again, or not any more. */
public final class PublicationCases implements InboxDesk {
    private final BiConsumer<AccountId, Sku> publishAgain;
    private final Cases cases;

    public PublicationCases(BiConsumer<AccountId, Sku> publishAgain, Cases cases) {
        this.publishAgain = publishAgain;
        this.cases = cases;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<PublicationSubject> subject = PublicationSubject.of(decided.subject());
        subject.filter(published -> decided.status() == CaseStatus.DECIDED).ifPresent(published -> {
            boolean again = decided.decision()
                    .map(Decision::action)
                    .filter(Action.RETRY::equals)
                    .isPresent();
            if (again) {
                publishAgain.accept(published.account(), published.sku());
            }
            cases.close(decided.id(), again ? "is told again" : "is not told any more");
        });
        return subject.isPresent();
    }
}
