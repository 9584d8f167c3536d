package io.throughline.api.routing;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.RoutingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The routing policies, and what was put in force when. */
@Schema(name = "RoutingPolicies", description = "The routing policies, and what was put in force when, by whom and why")
public record RoutingPoliciesView(
        @Schema(description = "The version that new orders follow", example = "routing-1")
        String active,

        List<Version> versions,
        @Schema(description = "The newest first") List<Activation> activations) {

    static RoutingPoliciesView of(
            String active,
            List<RoutingPolicy> ofFiles,
            List<PolicyActivations.Stored> stored,
            List<PolicyActivations.Activation> activations) {
        return new RoutingPoliciesView(
                active,
                Stream.concat(ofFiles.stream().map(Version::of), stored.stream().map(Version::of))
                        .toList(),
                activations.reversed().stream().map(Activation::of).toList());
    }

    /** One version. */
    @Schema(name = "RoutingPolicyVersion")
    public record Version(
            String version,

            @Schema(description = "FILE of the configuration, or HANDED_IN")
            Source source,

            @Schema(description = "From when a file's version is in force by itself")
            Optional<Instant> effectiveFrom,

            @Schema(description = "When it was handed in") Optional<Instant> handedInAt,

            @Schema(description = "Who has handed it in") Optional<String> actor) {
        static Version of(RoutingPolicy file) {
            return new Version(
                    file.version(), Source.FILE, Optional.of(file.effectiveFrom()), Optional.empty(), Optional.empty());
        }

        static Version of(PolicyActivations.Stored stored) {
            return new Version(
                    stored.version(),
                    Source.HANDED_IN,
                    Optional.empty(),
                    Optional.of(stored.at()),
                    Optional.of(stored.actor()));
        }
    }

    /** Where a version is kept. */
    @Schema(name = "RoutingPolicySource")
    public enum Source {
        FILE,
        HANDED_IN
    }

    /** That a version was put in force. */
    @Schema(name = "RoutingPolicyActivation")
    public record Activation(
            String version,
            PolicyActivations.Kind kind,
            @Schema(description = "Who wanted it") String author,
            @Schema(description = "Why") String comment,

            @Schema(description = "Who has asked for it here")
            String actor,

            Instant at) {
        static Activation of(PolicyActivations.Activation put) {
            return new Activation(
                    put.version(),
                    put.kind(),
                    put.reason().author(),
                    put.reason().comment(),
                    put.reason().actor(),
                    put.at());
        }
    }
}
