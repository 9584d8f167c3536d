package io.throughline.api.customer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.customer.Customer;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Customers, by our own names of them. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "customers")
public final class CustomersResource {
    private final Customers customers;
    private final PersonalDataStore people;

    public CustomersResource(Customers customers, PersonalDataStore people) {
        this.customers = customers;
        this.people = people;
    }

    @GET
    @Path("/{id}")
    @Allow({Role.SUPPORT, Role.ADMIN})
    @Operation(
            operationId = "readCustomer",
            summary = "Who a customer is",
            description = "Each look is noted in the customer's trace. After a merge the one who was kept is shown.")
    public CustomerView read(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        Customer customer = Parameters.name(id, CustomerId::new)
                .flatMap(customers::find)
                .orElseThrow(() -> ProblemException.notFound("such customer"));
        customers.seen(customer.id(), Caller.of(security).actor());
        return CustomerView.of(customer, people.find(customer.id().ref()).orElseGet(PersonalData::none));
    }

    /** {@code keys} are the channels' names of the customer, as account/id; {@code version} is their newest time of change. */
    @Schema(name = "KnownCustomer")
    public record CustomerView(
            String id,
            List<String> keys,
            Optional<Instant> version,
            Optional<String> name,
            Optional<String> email,
            Optional<String> phone,
            Optional<AddressView> address) {
        static CustomerView of(Customer customer, PersonalData person) {
            return new CustomerView(
                    customer.id().value(),
                    customer.keys().stream().map(CustomerKey::toString).toList(),
                    customer.version(),
                    person.name(),
                    person.email(),
                    person.phone(),
                    person.shipTo().map(AddressView::of));
        }
    }
}
