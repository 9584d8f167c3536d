package io.throughline.worker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * The name of the deployment and the build of this process. With both, Temporal gives a process' tasks to the version that its workflow's
 * versioning behaviour asks for; a version gets work only once somebody has made it the current one. With neither, any worker does
 * any task.
 */
public record DeploymentSettings(
        @JsonProperty @NotNull String name,
        @JsonProperty @NotNull String build) {
    static DeploymentSettings unversioned() {
        return new DeploymentSettings("", "");
    }

    @JsonIgnore
    @AssertTrue(message = "needs both a name and a build, or neither")
    public boolean isWhole() {
        return name.isBlank() == build.isBlank();
    }

    /**
     * Every run of ours goes on with the version that is current: orders outlive versions. It is said here and not beside each workflow,
     * for a server refuses a workflow that says so from a worker without a version.
     */
    Optional<WorkerDeploymentOptions> toOptions() {
        return name.isBlank()
                ? Optional.empty()
                : Optional.of(WorkerDeploymentOptions.newBuilder()
                        .setUseVersioning(true)
                        .setVersion(new WorkerDeploymentVersion(name, build))
                        .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
                        .build());
    }
}
