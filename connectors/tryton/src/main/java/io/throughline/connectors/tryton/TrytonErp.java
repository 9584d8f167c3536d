package io.throughline.connectors.tryton;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.finance.StockAdjustment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ERP port on Tryton 8.0, for any number of companies. Safe for many threads; each company's changes go one call at a time. */
public final class TrytonErp implements Erp {
    private final Map<AccountId, Company> companies;

    public TrytonErp(List<TrytonSettings> companies) {
        this(companies, SystemGate.open());
    }

    /** Asks nothing but what passes the gate. */
    public TrytonErp(List<TrytonSettings> companies, SystemGate gate) {
        this.companies = companies.stream()
                .collect(
                        Collectors.toUnmodifiableMap(TrytonSettings::company, settings -> new Company(settings, gate)));
    }

    /** The companies' products, as a source of the catalogue. */
    public CatalogSource catalog() {
        return new TrytonCatalog(this);
    }

    @Override
    public Optional<Receipt> findDemand(AccountId company, SalesDemand demand) {
        return probe(company, one -> one.find(demand));
    }

    @Override
    public Reply announce(AccountId company, SalesDemand demand) {
        return change(company, one -> one.announce(demand));
    }

    @Override
    public Optional<Receipt> findInvoice(AccountId company, SalesInvoice invoice) {
        return probe(company, one -> one.find(invoice));
    }

    @Override
    public Reply postInvoice(AccountId company, SalesInvoice invoice) {
        return change(company, one -> one.post(invoice));
    }

    @Override
    public Optional<Receipt> findPayment(AccountId company, CustomerPayment payment) {
        return probe(company, one -> one.find(payment));
    }

    @Override
    public Reply bookPayment(AccountId company, CustomerPayment payment) {
        return change(company, one -> one.book(payment));
    }

    @Override
    public Reply settle(AccountId company, PostingSubject subject, List<String> references) {
        return change(company, one -> one.settle(subject, references));
    }

    @Override
    public Optional<Receipt> findMove(AccountId company, SalesDemand demand) {
        return probe(company, one -> one.findMove(demand));
    }

    @Override
    public Reply move(AccountId company, SalesDemand demand) {
        return change(company, one -> one.move(demand));
    }

    @Override
    public Optional<Receipt> findWithdrawal(AccountId company, SalesDemand demand) {
        return probe(company, one -> one.findWithdrawal(demand));
    }

    @Override
    public Reply withdraw(AccountId company, SalesDemand demand) {
        return change(company, one -> one.withdraw(demand));
    }

    @Override
    public Optional<Receipt> findAdjustment(AccountId company, StockAdjustment adjustment) {
        return probe(company, one -> one.find(adjustment));
    }

    @Override
    public Reply adjustStock(AccountId company, StockAdjustment adjustment) {
        return change(company, one -> one.adjust(adjustment));
    }

    @Override
    public List<JournalLine> books(AccountId company, PostingSubject subject, List<String> references) {
        return read(company, one -> one.books(references));
    }

    private Reply change(AccountId company, Function<Company, Reply> call) {
        try {
            return call.apply(of(company));
        } catch (TrytonRefusal refusal) {
            return Reply.refused(FailureCode.ERP_REJECTED, refusal.text());
        }
    }

    private Optional<Receipt> probe(AccountId company, Function<Company, Optional<Receipt>> search) {
        return CallSeries.within(LONGEST_PROBE, () -> read(company, search));
    }

    /** Asks what changes nothing. */
    <T> T read(AccountId company, Function<Company, T> call) {
        try {
            return call.apply(of(company));
        } catch (TrytonRefusal refusal) {
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_ERROR, refusal.text(), refusal);
        }
    }

    private Company of(AccountId company) {
        Company known = companies.get(company);
        if (known == null) {
            throw new IllegalArgumentException("no Tryton company is configured for the account " + company);
        }
        return known;
    }
}
