package io.throughline.api.order;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.fulfillment.DeliveryMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order that a client hands over, in canonical form. Amounts are decimal strings in {@code currency} with no more decimals than it
 * has; they include the taxes if and only if {@code taxesIncluded}.
 */
@Schema(
        description =
                "An order in canonical form. Amounts are decimal strings with no more decimals than the currency has.")
public record OrderSubmission(
        @Schema(
                description = "The client's own id of the order, unique for ever",
                example = "WEB-1001",
                pattern = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
        String externalId,

        @Schema(description = "What people call the order; its external id if absent", example = "#1001")
        Optional<String> name,

        @Schema(description = "MARKETPLACE or API; API if absent")
        Optional<SubmittedChannel> channel,

        Instant placedAt,
        @Schema(example = "USD", pattern = "[A-Z]{3}") String currency,
        boolean taxesIncluded,
        List<Line> lines,
        Optional<Charge> shipping,
        @Schema(example = "0.00") Optional<String> tip,
        @Schema(example = "0.00") Optional<String> duties,

        @Schema(description = "What lines, shipping, tip, duties and taxes come to", example = "50.00")
        String total,

        @Schema(description = "Payments that were captured elsewhere; they come to the total")
        List<CapturedTender> tenders,

        DeliveryChoice delivery,
        Optional<Customer> customer,

        @Schema(
                description = "The basket that it takes over; what the order does not need of it is given back",
                example = "CART-1001")
        Optional<String> basketId,

        @Schema(
                description = "The store that has sold it, for others to ship; the sale is that store's. Only without a"
                        + " channel or for the channel API",
                example = "ST-HARBOR")
        Optional<String> soldAt,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> tags) {

    /** The channels that have no connector of their own. */
    public enum SubmittedChannel {
        API,
        MARKETPLACE
    }

    /** One line; {@code total} = {@code quantity} × {@code unitPrice} − {@code discount}. */
    @Schema(name = "OrderSubmissionLine", description = "total = quantity × unitPrice − discount")
    public record Line(
            @Schema(example = "1") String id,
            @Schema(example = "NW-TEE-BLK-M") String sku,

            @Schema(description = "The catalogue's title if absent")
            Optional<String> title,

            @Schema(minimum = "1", maximum = "10000") int quantity,
            @Schema(example = "25.00") String unitPrice,
            @Schema(example = "0.00") Optional<String> discount,
            @Schema(example = "50.00") String total,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Tax> taxes) {}

    @Schema(name = "OrderSubmissionTax")
    public record Tax(
            String title,

            @Schema(description = "A fraction", example = "0.0625")
            String rate,

            @Schema(example = "3.13") String amount) {}

    @Schema(name = "OrderSubmissionCharge")
    public record Charge(
            String title,
            @Schema(example = "5.00") String total,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Tax> taxes) {}

    @Schema(name = "OrderSubmissionTender")
    public record CapturedTender(
            String id,
            @Schema(example = "external") String gateway,
            @Schema(example = "50.00") String amount,
            Instant capturedAt) {}

    /** How the goods reach the customer; PICKUP needs the facility, SHIPPING the address. */
    @Schema(name = "OrderSubmissionDelivery", description = "PICKUP needs the facility, SHIPPING the address")
    public record DeliveryChoice(
            @Schema(allowableValues = {"SHIPPING", "PICKUP"})
            DeliveryMethod method,

            @Schema(example = "ST-HARBOR") Optional<String> facility,
            Optional<Address> address) {}

    @Schema(name = "OrderSubmissionAddress")
    public record Address(
            Optional<String> name,
            Optional<String> street,
            Optional<String> city,
            Optional<String> province,
            Optional<String> postalCode,
            @Schema(example = "US", pattern = "[A-Z]{2}") String country,
            Optional<String> phone,

            @Schema(description = "Where it is, if known; kept to a tenth of a degree")
            Optional<Double> latitude,

            Optional<Double> longitude) {}

    @Schema(name = "OrderSubmissionCustomer")
    public record Customer(
            Optional<String> name, Optional<String> email, Optional<String> phone, Optional<Address> billTo) {}
}
