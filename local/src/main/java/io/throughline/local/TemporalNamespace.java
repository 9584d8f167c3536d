package io.throughline.local;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Throughline needs of its Temporal namespace: the search attributes that operators filter by, and 30 days of history. */
final class TemporalNamespace implements AutoCloseable {
    static final String NAME = "default";
    static final int RETENTION_DAYS = 30;
    static final Map<String, IndexedValueType> SEARCH_ATTRIBUTES = Map.of(
            "OrderStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "Facilities", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
            "StalledStep", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledSince", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
            "RejectedBy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "CaseOpen", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);

    private static final long CALL_SECONDS = 5;

    private final WorkflowServiceStubs workflows;
    private final OperatorServiceStubs operator;

    TemporalNamespace(String target) {
        workflows = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(target).validateAndBuildWithDefaults());
        operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(target).validateAndBuildWithDefaults());
    }

    boolean answers() {
        try {
            workflows
                    .blockingStub()
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(NAME)
                            .build());
            return true;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    /** May be repeated: only what is missing is added. */
    void addSearchAttributes() {
        Set<String> missing = new HashSet<>(SEARCH_ATTRIBUTES.keySet());
        missing.removeAll(existing());
        if (missing.isEmpty()) {
            return;
        }
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace(NAME);
        missing.forEach(name -> request.putSearchAttributes(
                name, SEARCH_ATTRIBUTES.getOrDefault(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)));
        operator.blockingStub()
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .addSearchAttributes(request.build());
    }

    private Set<String> existing() {
        try {
            return operator.blockingStub()
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(NAME)
                            .build())
                    .getCustomAttributesMap()
                    .keySet();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return Set.of();
            }
            throw e;
        }
    }

    void keepHistories() {
        workflows
                .blockingStub()
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .updateNamespace(UpdateNamespaceRequest.newBuilder()
                        .setNamespace(NAME)
                        .setConfig(NamespaceConfig.newBuilder()
                                .setWorkflowExecutionRetentionTtl(Durations.fromDays(RETENTION_DAYS)))
                        .build());
    }

    @Override
    public void close() {
        workflows.shutdownNow();
        operator.shutdownNow();
        workflows.awaitTermination(1, TimeUnit.SECONDS);
        operator.awaitTermination(1, TimeUnit.SECONDS);
    }
}
