package io.throughline.worker.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.customer.Privacy;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.OrderKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages about products and customers. What only our own database has to do, such as forgetting somebody, is done at once. */
public final class MasterDataMessages implements InboxDesk {
    private static final Pattern CATALOG = Pattern.compile("catalog/([^/]+)");
    private static final Pattern PRODUCTS = Pattern.compile("products/([^/]+)");
    private static final String PRODUCT_GONE = "products/delete";
    private static final Pattern CUSTOMER = Pattern.compile("customer/([^/]+)/([^/]+)");
    private static final Pattern PRIVACY = Pattern.compile("privacy/([^/]+)");
    private static final String EXPORT_FINISHED = "bulk_operations/finish";
    private static final JsonMapper JSON = new JsonMapper();

    private final MasterDataProcesses processes;
    private final ProductNews news;
    private final Customers customers;
    private final Privacy privacy;
    private final PriceComparison prices;

    public MasterDataMessages(
            MasterDataProcesses processes,
            ProductNews news,
            Customers customers,
            Privacy privacy,
            PriceComparison prices) {
        this.processes = processes;
        this.news = news;
        this.customers = customers;
        this.privacy = privacy;
        this.prices = prices;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        String subject = messages.getFirst().subject();
        Matcher catalog = CATALOG.matcher(subject);
        if (catalog.matches()) {
            ofCatalog(AccountId.of(catalog.group(1)), messages);
            return Optional.of(new Handling.Done());
        }
        Matcher products = PRODUCTS.matcher(subject);
        if (products.matches()) {
            ofProducts(AccountId.of(products.group(1)), messages);
            return Optional.of(new Handling.Done());
        }
        Matcher customer = CUSTOMER.matcher(subject);
        if (customer.matches()) {
            ofCustomer(new CustomerKey(AccountId.of(customer.group(1)), customer.group(2)), messages);
            return Optional.of(new Handling.Done());
        }
        Matcher law = PRIVACY.matcher(subject);
        if (law.matches()) {
            messages.forEach(message -> ofPrivacy(AccountId.of(law.group(1)), message));
            return Optional.of(new Handling.Done());
        }
        return Optional.empty();
    }

    /** No process waits for a case about prices: all that can be decided is to bear the difference. */
    @Override
    public boolean resolve(Case decided) {
        boolean aboutPrices = decided.code() == FailureCode.PRICE_MISMATCH;
        if (aboutPrices && decided.status() == CaseStatus.DECIDED) {
            prices.bear(decided.id());
        }
        return aboutPrices;
    }

    private void ofCatalog(AccountId account, List<InboxMessage> messages) {
        if (messages.stream().allMatch(message -> message.topic().equals(EXPORT_FINISHED))) {
            processes.exportFinished(account);
        } else {
            processes.syncCatalog(account);
        }
    }

    /** Written down before the process is woken, so a message that is taken in twice is a product that is read twice, at most. */
    private void ofProducts(AccountId account, List<InboxMessage> messages) {
        for (InboxMessage message : messages) {
            String product = body(message).path("product").asText();
            if (message.topic().equals(PRODUCT_GONE)) {
                news.gone(account, product);
            } else {
                news.heard(account, product);
            }
        }
        processes.readProducts(account);
    }

    private void ofCustomer(CustomerKey kept, List<InboxMessage> messages) {
        messages.stream()
                .map(MasterDataMessages::body)
                .filter(body -> body.path("gone").isTextual())
                .forEach(body -> customers.merge(
                        new CustomerKey(kept.account(), body.path("gone").asText()), kept));
        processes.refresh(kept);
    }

    private void ofPrivacy(AccountId account, InboxMessage message) {
        JsonNode body = body(message);
        List<OrderKey> orders = new ArrayList<>();
        body.path("orders").forEach(order -> orders.add(new OrderKey(account, order.asText())));
        switch (message.topic()) {
            case "customers/data_request" ->
                privacy.export(body.path("request").asText(), customer(account, body), orders);
            case "customers/redact" -> privacy.erase(customer(account, body), orders);
            case "shop/redact" -> privacy.eraseAll(account);
            default -> throw new IllegalStateException("nobody knows what " + message.topic() + " asks");
        }
    }

    private static CustomerKey customer(AccountId account, JsonNode body) {
        return new CustomerKey(account, body.path("customer").asText());
    }

    private static JsonNode body(InboxMessage message) {
        try {
            return JSON.readTree(message.body());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what is stored in the inbox is JSON", impossible);
        }
    }
}
