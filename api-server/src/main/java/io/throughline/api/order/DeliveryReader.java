package io.throughline.api.order;

import io.throughline.api.http.Parameters;
import io.throughline.api.order.OrderSubmission.Address;
import io.throughline.api.order.OrderSubmission.Customer;
import io.throughline.api.order.OrderSubmission.DeliveryChoice;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads how the goods of a submission reach the customer, and who that is. */
final class DeliveryReader {
    private static final Set<DeliveryMethod> CHOICES = Set.of(DeliveryMethod.SHIPPING, DeliveryMethod.PICKUP);
    private static final Set<String> COUNTRIES = Set.copyOf(Arrays.asList(Locale.getISOCountries()));

    private final AccountId account;
    private final Facilities facilities;

    DeliveryReader(AccountId account, Facilities facilities) {
        this.account = account;
        this.facilities = facilities;
    }

    /** Goods leave by the chosen method; gift cards have nothing to hand over. */
    List<Delivery> read(OrderSubmission submission, List<OrderLine> lines, Findings findings) {
        DeliveryChoice choice = submission.delivery();
        findings.require(CHOICES.contains(choice.method()), "/delivery/method", "SHIPPING or PICKUP");
        Optional<FacilityId> facility = facility(choice, findings);
        if (choice.method() == DeliveryMethod.PICKUP) {
            findings.require(choice.facility().isPresent(), "/delivery/facility", "PICKUP needs the facility");
        } else {
            findings.require(choice.address().isPresent(), "/delivery/address", "SHIPPING needs the address");
        }
        List<Delivery> deliveries = new ArrayList<>();
        add(deliveries, choice.method(), facility, lines, false);
        add(deliveries, DeliveryMethod.NONE, Optional.empty(), lines, true);
        return deliveries;
    }

    private static void add(
            List<Delivery> deliveries,
            DeliveryMethod method,
            Optional<FacilityId> facility,
            List<OrderLine> lines,
            boolean giftCards) {
        List<LineQuantity> quantities = lines.stream()
                .filter(line -> line.giftCard() == giftCards && line.quantity() > 0)
                .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                .toList();
        if (!quantities.isEmpty()) {
            deliveries.add(new Delivery(method, facility, Optional.empty(), quantities));
        }
    }

    private Optional<FacilityId> facility(DeliveryChoice choice, Findings findings) {
        Optional<Facility> known = choice.facility().flatMap(this::find);
        if (choice.facility().isPresent()) {
            findings.require(
                    known.filter(facility -> facility.serves().contains(account)
                                    && facility.methods().contains(choice.method()))
                            .isPresent(),
                    "/delivery/facility",
                    "not a facility that offers " + choice.method() + " for this account");
        }
        return known.map(Facility::id);
    }

    private Optional<Facility> find(String name) {
        return Parameters.name(name, FacilityId::new).flatMap(facilities::find);
    }

    Optional<Destination> destination(OrderSubmission submission, Findings findings) {
        submission.customer().ifPresent(customer -> check(customer, findings));
        Optional<Address> address = submission.delivery().address();
        address.ifPresent(shipTo -> check("/delivery/address", shipTo, findings));
        return submission.delivery().method() == DeliveryMethod.SHIPPING
                ? address.map(shipTo -> new Destination(shipTo.country(), shipTo.province(), point(shipTo, findings)))
                : Optional.empty();
    }

    private static Optional<GeoPoint> point(Address address, Findings findings) {
        if (address.latitude().isEmpty() && address.longitude().isEmpty()) {
            return Optional.empty();
        }
        return findings.attempt(
                "/delivery/address/latitude",
                "give both, as degrees",
                Optional.empty(),
                () -> Optional.of(new GeoPoint(
                                address.latitude().orElse(Double.NaN),
                                address.longitude().orElse(Double.NaN))
                        .coarse()));
    }

    private static void check(Customer customer, Findings findings) {
        findings.visible("/customer/name", customer.name(), 200);
        findings.visible("/customer/email", customer.email(), 254);
        findings.visible("/customer/phone", customer.phone(), 40);
        customer.billTo().ifPresent(address -> check("/customer/billTo", address, findings));
    }

    private static void check(String at, Address address, Findings findings) {
        findings.require(
                COUNTRIES.contains(address.country()), at + "/country", "two letters of ISO 3166-1 such as US");
        findings.visible(at + "/name", address.name(), 200);
        findings.visible(at + "/street", address.street(), 300);
        findings.visible(at + "/city", address.city(), 100);
        findings.visible(at + "/province", address.province(), 100);
        findings.visible(at + "/postalCode", address.postalCode(), 20);
        findings.visible(at + "/phone", address.phone(), 40);
    }

    PersonalData person(OrderSubmission submission) {
        Optional<Customer> customer = submission.customer();
        return new PersonalData(
                customer.flatMap(Customer::name),
                customer.flatMap(Customer::email),
                customer.flatMap(Customer::phone),
                submission.delivery().address().map(DeliveryReader::postal),
                customer.flatMap(Customer::billTo).map(DeliveryReader::postal));
    }

    private static PostalAddress postal(Address address) {
        return new PostalAddress(
                address.name(),
                address.street(),
                address.city(),
                address.province(),
                address.postalCode(),
                Optional.of(address.country()),
                address.phone());
    }
}
