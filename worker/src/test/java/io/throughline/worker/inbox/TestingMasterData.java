package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.customer.Customer;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.CustomerSource.ChannelCustomer;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.customer.Privacy;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.order.OrderKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what is asked of the processes and stores that keep products and customers. */
final class TestingMasterData implements MasterDataProcesses, ProductNews, Customers, Privacy, PriceComparison {
    private final List<String> asked = new ArrayList<>();

    MasterDataMessages messages() {
        return new MasterDataMessages(this, this, this, this, this);
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void syncCatalog(AccountId account) {
        asked.add("sync " + account);
    }

    @Override
    public void exportFinished(AccountId account) {
        asked.add("export of " + account + " finished");
    }

    @Override
    public void readProducts(AccountId account) {
        asked.add("read products of " + account);
    }

    @Override
    public void heard(AccountId account, String product) {
        asked.add("heard of " + product + " of " + account);
    }

    @Override
    public void gone(AccountId account, String product) {
        asked.add(product + " of " + account + " is gone");
    }

    @Override
    public List<News> next(AccountId account, int atMost) {
        return List.of();
    }

    @Override
    public void take(News read, List<ProductRecord> products) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putOff(News unread) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refresh(CustomerKey customer) {
        asked.add("refresh " + customer);
    }

    @Override
    public void take(CustomerKey key, ChannelCustomer customer) {
        asked.add("take " + key);
    }

    @Override
    public void merge(CustomerKey gone, CustomerKey kept) {
        asked.add("merge " + gone + " into " + kept);
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        return Optional.empty();
    }

    @Override
    public void seen(CustomerId id, String actor) {
        asked.add(id + " seen by " + actor);
    }

    @Override
    public void export(String request, CustomerKey customer, List<OrderKey> orders) {
        asked.add("export " + request + " of " + customer + " with " + orders);
    }

    @Override
    public Optional<String> exported(AccountId account, String request) {
        return Optional.empty();
    }

    @Override
    public void erase(CustomerKey customer, List<OrderKey> orders) {
        asked.add("erase " + customer + " with " + orders);
    }

    @Override
    public void eraseAll(AccountId account) {
        asked.add("erase all of " + account);
    }

    @Override
    public void seen(AccountId account, String request, String actor) {
        asked.add(request + " seen by " + actor);
    }

    @Override
    public int compare(List<PriceParity> rules) {
        return 0;
    }

    @Override
    public void bear(CaseId id) {
        asked.add("bear " + id);
    }
}
