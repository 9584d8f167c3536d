package io.throughline.connectors.shopify.customer;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.MailingAddress;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.CustomerSource;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A shop's customers. Their external ids are their numbers, as webhooks give them. */
public final class ShopifyCustomers implements CustomerSource {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private final Shops shops;

    public ShopifyCustomers(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Optional<ChannelCustomer> read(CustomerKey key) {
        if (!NUMBER.matcher(key.externalId()).matches()) {
            return Optional.empty();
        }
        return shops.of(key.account())
                .call(Operation.CUSTOMER_READ, Map.of("id", Gid.of("Customer", key.externalId())), Read.class)
                .customer()
                .map(Customer::toChannel);
    }

    private record Read(Optional<Customer> customer) {}

    private record Customer(
            Optional<String> firstName,
            Optional<String> lastName,
            Instant updatedAt,
            Optional<Email> defaultEmailAddress,
            Optional<Phone> defaultPhoneNumber,
            Optional<MailingAddress> defaultAddress) {
        ChannelCustomer toChannel() {
            Optional<PostalAddress> home = defaultAddress.map(MailingAddress::toPostal);
            PersonalData person = new PersonalData(
                    MailingAddress.joined(" ", firstName, lastName),
                    defaultEmailAddress.map(Email::emailAddress),
                    defaultPhoneNumber.map(Phone::phoneNumber).or(() -> home.flatMap(PostalAddress::phone)),
                    home,
                    Optional.empty());
            return new ChannelCustomer(person, updatedAt);
        }
    }

    private record Email(String emailAddress) {}

    private record Phone(String phoneNumber) {}
}
