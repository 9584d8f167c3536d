package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Demand as Tryton sales. A sale stands as a quotation, which can still be withdrawn, until the first invoice confirms it; it invoices
 * and ships nothing by itself. Shop and web id name it, and Tryton allows them once. Of a refused demand no draft is left.
 */
final class Sales {
    private static final String MODEL = "sale.sale";

    private final RestApi rest;
    private final RpcApi rpc;
    private final References references;
    private final TrytonSettings settings;

    Sales(RestApi rest, RpcApi rpc, References references, TrytonSettings settings) {
        this.rest = rest;
        this.rpc = rpc;
        this.references = references;
        this.settings = settings;
    }

    private record Sale(long id, String number, String state, long warehouse) {
        /** It is one of Tryton's draft again only while somebody changes it. */
        boolean stands() {
            return !state.equals("draft");
        }

        Receipt receipt() {
            return new Receipt(number, Map.of("tryton", MODEL + "," + id));
        }
    }

    Optional<Receipt> find(SalesDemand demand) {
        return Optional.ofNullable(existing(List.of(demand)).get(demand))
                .filter(sale -> !sale.state().equals("draft") && !sale.state().equals("cancelled"))
                .map(Sale::receipt);
    }

    Map<SalesDemand, Reply> announce(List<SalesDemand> demands) {
        Batch<SalesDemand> batch = new Batch<>(demands);
        Map<SalesDemand, Sale> sales = existing(demands);
        List<SalesDemand> withdrawn = inState(batch.open(), sales, "cancelled");
        batch.together(withdrawn, some -> press("draft", ids(some, sales)));
        List<SalesDemand> leftBehind = inState(batch.open(), sales, "draft");
        batch.together(leftBehind, some -> press("delete", ids(some, sales)));
        leftBehind.forEach(sales::remove);
        create(batch, sales);
        Map<SalesDemand, Sale> drafts = existing(batch.open());
        batch.together(inState(batch.open(), drafts, "draft"), some -> press("quote", ids(some, drafts)));
        existing(batch.open()).forEach((demand, sale) -> batch.done(demand, sale.receipt()));
        batch.open().forEach(demand -> batch.refuse(demand, "Tryton has not kept the sale"));
        batch.takeBack(inState(batch.refused(), drafts, "draft"), some -> press("delete", ids(some, drafts)));
        return batch.answers();
    }

    Optional<Receipt> findMove(SalesDemand demand) {
        return Optional.ofNullable(existing(List.of(demand)).get(demand))
                .filter(sale -> isWhereItShallBe(sale, demand))
                .map(Sale::receipt);
    }

    private boolean isWhereItShallBe(Sale sale, SalesDemand demand) {
        return sale.state().equals("cancelled")
                || (sale.stands() && sale.warehouse() == references.warehouse(demand.warehouse()));
    }

    /** Tryton lets a sale's warehouse be changed in a draft only, which a quotation may become again. One warehouse stands for a whole sale. */
    Map<SalesDemand, Reply> move(List<SalesDemand> demands) {
        Batch<SalesDemand> batch = new Batch<>(demands);
        Map<SalesDemand, Sale> sales = existing(demands);
        batch.prepare(demands, demand -> references.warehouse(demand.warehouse()));
        for (SalesDemand demand : batch.open()) {
            Sale sale = sales.get(demand);
            if (sale == null) {
                batch.refuse(demand, FailureCode.ERP_REJECTED, "it was never announced");
            } else if (isWhereItShallBe(sale, demand)) {
                batch.done(demand, sale.receipt());
            } else if (sale.stands() && !sale.state().equals("quotation")) {
                batch.refuse(
                        demand,
                        FailureCode.ERP_REJECTED,
                        "the sale " + sale.number() + " is " + sale.state() + " and keeps its warehouse");
            }
        }
        List<SalesDemand> quoted = inState(batch.open(), sales, "quotation");
        batch.together(quoted, some -> press("draft", ids(some, sales)));
        List<SalesDemand> drafts = batch.open();
        drafts.forEach(demand -> batch.together(
                List.of(demand),
                some -> rpc.write(
                        MODEL,
                        ids(some, sales),
                        Values.object().put("warehouse", references.warehouse(demand.warehouse())),
                        references.context())));
        batch.together(batch.open(), some -> press("quote", ids(some, sales)));
        batch.open().forEach(demand -> batch.done(demand, known(demand, sales).receipt()));
        batch.takeBack(
                drafts.stream().filter(batch.refused()::contains).toList(), some -> press("quote", ids(some, sales)));
        return batch.answers();
    }

    Optional<Receipt> findWithdrawal(SalesDemand demand) {
        return Optional.ofNullable(existing(List.of(demand)).get(demand))
                .filter(sale -> sale.state().equals("cancelled"))
                .map(Sale::receipt);
    }

    Map<SalesDemand, Reply> withdraw(List<SalesDemand> demands) {
        Batch<SalesDemand> batch = new Batch<>(demands);
        Map<SalesDemand, Sale> sales = existing(demands);
        for (SalesDemand demand : demands) {
            Sale sale = sales.get(demand);
            if (sale == null) {
                batch.done(demand, Receipt.of("never announced"));
            } else if (sale.state().equals("cancelled")) {
                batch.done(demand, sale.receipt());
            } else if (!sale.state().equals("draft") && !sale.state().equals("quotation")) {
                batch.refuse(
                        demand,
                        FailureCode.ERP_REJECTED,
                        "the sale " + sale.number() + " is " + sale.state() + " and can't be withdrawn any more");
            }
        }
        batch.together(batch.open(), some -> {
            press("cancel", ids(some, sales));
            some.forEach(demand -> batch.done(demand, known(demand, sales).receipt()));
        });
        return batch.answers();
    }

    /**
     * Confirms what is still a quotation among these subjects' sales: something of them is being invoiced. One that was a draft again, when an attempt to
     * move it ended, becomes a quotation first.
     */
    void confirm(Collection<PostingSubject> subjects) {
        List<JsonNode> open = rest.search(
                MODEL,
                Filter.all(
                        Filter.oneOf("reference", names(subjects)),
                        Filter.is("company", references.company()),
                        Filter.oneOf("state", List.of("draft", "quotation"))),
                "state");
        press(
                "quote",
                open.stream()
                        .filter(sale -> Values.text(sale, "state").equals("draft"))
                        .map(Values::id)
                        .toList());
        press("confirm", open.stream().map(Values::id).toList());
    }

    /** The lines of these subjects' sales, so that an invoice can say what it bills: by subject, then product. The day of a store has none. */
    Map<String, Map<Long, Long>> lines(Collection<PostingSubject> subjects) {
        Map<String, Map<Long, Long>> lines = new LinkedHashMap<>();
        for (JsonNode row : rest.search(
                "sale.line",
                Filter.all(
                        Filter.oneOf("sale.reference", names(subjects)),
                        Filter.is("sale.company", references.company())),
                "product",
                "sale.reference")) {
            lines.computeIfAbsent(Values.text(row.path("sale."), "reference"), any -> new LinkedHashMap<>())
                    .putIfAbsent(row.path("product").longValue(), Values.id(row));
        }
        return lines;
    }

    private void create(Batch<SalesDemand> batch, Map<SalesDemand, Sale> known) {
        List<SalesDemand> missing = batch.open().stream()
                .filter(demand -> !known.containsKey(demand))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Map<String, References.Product> products = references.products(missing.stream()
                .flatMap(demand -> demand.lines().stream())
                .map(SalesInvoice.Line::product)
                .collect(Collectors.toSet()));
        Map<SalesDemand, ObjectNode> records = batch.prepare(missing, demand -> sale(demand, products));
        batch.together(records, some -> rest.create(MODEL, references.company(), some));
    }

    private ObjectNode sale(SalesDemand demand, Map<String, References.Product> products) {
        String shop = shop(demand);
        References.Customer customer = references.customer(shop);
        List<ObjectNode> lines = new ArrayList<>();
        for (SalesInvoice.Line line : demand.lines()) {
            lines.addAll(DocumentLines.of(line, products));
        }
        ObjectNode sale = Values.object()
                .put("company", references.company())
                .put("party", customer.party())
                .put("invoice_address", customer.address())
                .put("shipment_address", customer.address())
                .put("currency", references.currency(demand.currency()))
                .put("warehouse", references.warehouse(demand.warehouse()))
                .put("invoice_method", "manual")
                .put("shipment_method", "manual")
                .put("web_shop", references.webShop(shop))
                .put("web_id", demand.reference())
                .put("reference", demand.order().value())
                .put("description", demand.orderName());
        sale.set("sale_date", Values.date(demand.businessDate()));
        sale.set("lines", Values.creating(lines));
        return sale;
    }

    private Map<SalesDemand, Sale> existing(List<SalesDemand> demands) {
        if (demands.isEmpty()) {
            return Map.of();
        }
        Map<String, SalesDemand> byName = demands.stream()
                .collect(Collectors.toMap(
                        demand -> shop(demand) + "/" + demand.reference(), demand -> demand, (one, same) -> one));
        Map<SalesDemand, Sale> sales = new LinkedHashMap<>();
        for (JsonNode row : rest.search(
                MODEL,
                Filter.all(
                        Filter.oneOf(
                                "web_id",
                                demands.stream().map(SalesDemand::reference).toList()),
                        Filter.is("company", references.company())),
                "number",
                "state",
                "warehouse",
                "web_id",
                "web_shop.name")) {
            SalesDemand demand =
                    byName.get(Values.text(row.path("web_shop."), "name") + "/" + Values.text(row, "web_id"));
            if (demand != null) {
                sales.put(
                        demand,
                        new Sale(
                                Values.id(row),
                                Values.text(row, "number"),
                                Values.text(row, "state"),
                                row.path("warehouse").longValue()));
            }
        }
        return sales;
    }

    private String shop(SalesDemand demand) {
        return settings.mapping().shop(demand.channel().value());
    }

    private void press(String button, List<Long> ids) {
        rpc.press(MODEL, button, ids, references.context());
    }

    private static List<SalesDemand> inState(List<SalesDemand> some, Map<SalesDemand, Sale> sales, String state) {
        return some.stream()
                .filter(demand -> Optional.ofNullable(sales.get(demand))
                        .filter(sale -> sale.state().equals(state))
                        .isPresent())
                .toList();
    }

    private static List<Long> ids(List<SalesDemand> some, Map<SalesDemand, Sale> sales) {
        return some.stream().map(demand -> known(demand, sales).id()).toList();
    }

    private static Sale known(SalesDemand demand, Map<SalesDemand, Sale> sales) {
        return Objects.requireNonNull(sales.get(demand), "a sale that was just found");
    }

    private static List<String> names(Collection<PostingSubject> subjects) {
        return subjects.stream().map(PostingSubject::value).distinct().toList();
    }
}
