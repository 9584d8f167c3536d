package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.finance.StockAdjustments;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents that a test puts there; what waits for somebody's decision is left out, as in the database. */
final class TestingStockAdjustments implements StockAdjustments {
    final Map<String, StockAdjustment> documents = new LinkedHashMap<>();
    final List<String> posted = new ArrayList<>();
    final List<String> givenUp = new ArrayList<>();
    private final TestingCases cases;

    TestingStockAdjustments(TestingCases cases) {
        this.cases = cases;
    }

    @Override
    public boolean isAnyDue(AccountId company, Instant now) {
        return !open(company, 1).isEmpty();
    }

    @Override
    public void gather(AccountId company, Instant now) {}

    @Override
    public List<StockAdjustment> open(AccountId company, int most) {
        return documents.values().stream()
                .filter(document -> cases.ofSubject(document.reference()).stream()
                        .noneMatch(one -> one.status() == CaseStatus.OPEN))
                .limit(most)
                .toList();
    }

    @Override
    public void posted(String reference, String documentNumber) {
        documents.remove(reference);
        posted.add(reference);
    }

    @Override
    public void notSent(String reference) {
        documents.remove(reference);
    }

    @Override
    public void givenUp(String reference, String why) {
        documents.remove(reference);
        givenUp.add(reference);
    }
}
