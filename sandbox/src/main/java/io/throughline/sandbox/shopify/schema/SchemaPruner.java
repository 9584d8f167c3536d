package io.throughline.sandbox.shopify.schema;

import graphql.language.AbstractNode;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.Field;
import graphql.language.FieldDefinition;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InlineFragment;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.language.VariableDefinition;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps of a schema what operations reach: each selected field with all its arguments, input types and enums whole, every
 * member of a union and every implementer of an interface. {@code Node}'s implementers are kept only where something else
 * reaches them, for nearly everything is a node.
 */
final class SchemaPruner {

    private static final String NODE = "Node";
    private static final Set<String> BUILT_IN = Set.of("Int", "Float", "String", "Boolean", "ID");

    private final TypeDefinitionRegistry full;
    private final Map<String, Set<String>> usedFields = new TreeMap<>();
    private final Set<String> inputs = new TreeSet<>();
    private final Deque<String> unvisitedInputs = new ArrayDeque<>();

    SchemaPruner(TypeDefinitionRegistry full) {
        this.full = full;
    }

    /** An operation may use the fragments of its own document, and those of documents that hold nothing else. */
    String prune(List<Document> documents) {
        Map<String, FragmentDefinition> shared = documents.stream()
                .filter(document ->
                        document.getDefinitionsOfType(OperationDefinition.class).isEmpty())
                .flatMap(SchemaPruner::fragments)
                .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment));
        for (Document document : documents) {
            Map<String, FragmentDefinition> known = new HashMap<>(shared);
            fragments(document).forEach(own -> known.put(own.getName(), own));
            visit(document, known);
        }
        int before;
        do {
            before = size();
            spreadOverImplementers();
        } while (size() > before);
        visitInputs();
        return print();
    }

    private static Stream<FragmentDefinition> fragments(Document document) {
        return document.getDefinitionsOfType(FragmentDefinition.class).stream();
    }

    private void visit(Document document, Map<String, FragmentDefinition> fragments) {
        for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            for (VariableDefinition variable : operation.getVariableDefinitions()) {
                reachInput(variable.getType());
            }
            String root = operation.getOperation() == OperationDefinition.Operation.MUTATION ? "Mutation" : "QueryRoot";
            visit(operation.getSelectionSet(), root, fragments);
        }
    }

    private void visit(SelectionSet selections, String type, Map<String, FragmentDefinition> fragments) {
        reach(type);
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field -> visitField(field, type, fragments);
                case InlineFragment inline ->
                    visit(
                            inline.getSelectionSet(),
                            Optional.ofNullable(inline.getTypeCondition())
                                    .map(TypeName::getName)
                                    .orElse(type),
                            fragments);
                case FragmentSpread spread -> {
                    FragmentDefinition fragment = Optional.ofNullable(fragments.get(spread.getName()))
                            .orElseThrow(() -> new IllegalArgumentException("No fragment " + spread.getName()));
                    visit(
                            fragment.getSelectionSet(),
                            fragment.getTypeCondition().getName(),
                            fragments);
                }
                default -> throw new IllegalArgumentException("Unknown selection " + selection);
            }
        }
    }

    private void visitField(Field field, String type, Map<String, FragmentDefinition> fragments) {
        if (field.getName().equals("__typename")) {
            return;
        }
        FieldDefinition definition = field(type, field.getName());
        use(type, definition);
        if (field.getSelectionSet() != null) {
            visit(field.getSelectionSet(), named(definition.getType()), fragments);
        }
    }

    private void use(String type, FieldDefinition definition) {
        reach(type).add(definition.getName());
        definition.getInputValueDefinitions().forEach(argument -> reachInput(argument.getType()));
        reachOutput(named(definition.getType()));
    }

    private void reachOutput(String type) {
        TypeDefinition<?> definition = definition(type);
        if (definition instanceof EnumTypeDefinition || definition instanceof ScalarTypeDefinition) {
            inputs.add(type);
        } else {
            reach(type);
        }
    }

    private Set<String> reach(String type) {
        Set<String> fields = usedFields.get(type);
        if (fields != null) {
            return fields;
        }
        Set<String> none = new TreeSet<>();
        usedFields.put(type, none);
        if (definition(type) instanceof UnionTypeDefinition union) {
            union.getMemberTypes().forEach(member -> reach(named(member)));
        } else if (definition(type) instanceof InterfaceTypeDefinition && !type.equals(NODE)) {
            implementers(type).forEach(implementer -> reach(implementer.getName()));
        }
        return none;
    }

    /** An implementer must declare each kept field of its kept interfaces, and each type at least one field. */
    private void spreadOverImplementers() {
        for (String type : List.copyOf(usedFields.keySet())) {
            if (definition(type) instanceof ImplementingTypeDefinition<?> implementing) {
                for (Type<?> parent : implementing.getImplements()) {
                    Set<String> inherited = usedFields.get(named(parent));
                    if (inherited != null) {
                        inherited.forEach(name -> use(type, field(type, name)));
                    }
                }
                if (reach(type).isEmpty()) {
                    use(type, simplestField(implementing));
                }
            }
        }
    }

    private int size() {
        return usedFields.values().stream()
                .mapToInt(fields -> fields.size() + 1)
                .sum();
    }

    private FieldDefinition simplestField(ImplementingTypeDefinition<?> type) {
        return type.getFieldDefinitions().stream()
                .filter(field -> field.getInputValueDefinitions().isEmpty())
                .filter(field -> {
                    TypeDefinition<?> result = definition(named(field.getType()));
                    return result instanceof ScalarTypeDefinition || result instanceof EnumTypeDefinition;
                })
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no simple field to keep"));
    }

    private void reachInput(Type<?> type) {
        String name = named(type);
        if (inputs.add(name)) {
            unvisitedInputs.add(name);
        }
    }

    private void visitInputs() {
        while (!unvisitedInputs.isEmpty()) {
            if (definition(unvisitedInputs.remove()) instanceof InputObjectTypeDefinition input) {
                input.getInputValueDefinitions().forEach(value -> reachInput(value.getType()));
            }
        }
    }

    private String print() {
        StringBuilder text = new StringBuilder("schema {\n  query: QueryRoot\n  mutation: Mutation\n}\n");
        full.getDirectiveDefinition("idempotent")
                .ifPresent(directive -> text.append('\n')
                        .append(AstPrinter.printAst(directive.transform(builder -> builder.description(null)
                                .inputValueDefinitions(plainInputs(directive.getInputValueDefinitions())))))
                        .append('\n'));
        Map<String, String> printed = new TreeMap<>();
        usedFields.forEach((name, fields) -> printed.put(name, AstPrinter.printAst(composite(name, fields))));
        inputs.stream()
                .filter(name -> !BUILT_IN.contains(name))
                .forEach(name -> printed.put(name, AstPrinter.printAst(plain(definition(name)))));
        printed.values()
                .forEach(definition -> text.append('\n').append(definition).append('\n'));
        return text.toString();
    }

    private AbstractNode<?> composite(String name, Set<String> fields) {
        return switch (definition(name)) {
            case ObjectTypeDefinition object ->
                object.transform(builder -> builder.description(null)
                        .implementz(keptParents(object))
                        .fieldDefinitions(keptFields(object, fields)));
            case InterfaceTypeDefinition parent ->
                parent.transform(builder -> builder.description(null)
                        .implementz(keptParents(parent))
                        .definitions(keptFields(parent, fields)));
            case UnionTypeDefinition union -> union.transform(builder -> builder.description(null));
            default -> throw new IllegalStateException(name + " is no composite type");
        };
    }

    @SuppressWarnings("rawtypes") // graphql-java's own signature
    private List<Type> keptParents(ImplementingTypeDefinition<?> type) {
        return type.getImplements().stream()
                .filter(parent -> usedFields.containsKey(named(parent)))
                .map(Type.class::cast)
                .toList();
    }

    private static List<FieldDefinition> keptFields(ImplementingTypeDefinition<?> type, Set<String> fields) {
        return type.getFieldDefinitions().stream()
                .filter(field -> fields.contains(field.getName()))
                .map(field -> field.transform(builder ->
                        builder.description(null).inputValueDefinitions(plainInputs(field.getInputValueDefinitions()))))
                .toList();
    }

    private static AbstractNode<?> plain(TypeDefinition<?> definition) {
        return switch (definition) {
            case InputObjectTypeDefinition input ->
                input.transform(builder ->
                        builder.description(null).inputValueDefinitions(plainInputs(input.getInputValueDefinitions())));
            case EnumTypeDefinition values ->
                values.transform(builder -> builder.description(null)
                        .enumValueDefinitions(values.getEnumValueDefinitions().stream()
                                .map(value -> value.transform(each -> each.description(null)))
                                .toList()));
            case ScalarTypeDefinition scalar -> scalar.transform(builder -> builder.description(null));
            default -> throw new IllegalStateException(definition.getName() + " is no input type");
        };
    }

    private static List<InputValueDefinition> plainInputs(List<InputValueDefinition> values) {
        return values.stream()
                .map(value -> value.transform(builder -> builder.description(null)))
                .toList();
    }

    private List<ObjectTypeDefinition> implementers(String parent) {
        return full.types().values().stream()
                .filter(ObjectTypeDefinition.class::isInstance)
                .map(ObjectTypeDefinition.class::cast)
                .filter(object -> object.getImplements().stream()
                        .anyMatch(candidate -> named(candidate).equals(parent)))
                .toList();
    }

    private FieldDefinition field(String type, String name) {
        if (definition(type) instanceof ImplementingTypeDefinition<?> implementing) {
            return implementing.getFieldDefinitions().stream()
                    .filter(field -> field.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(type + " has no field " + name));
        }
        throw new IllegalArgumentException(type + " has no fields, asked for " + name);
    }

    private TypeDefinition<?> definition(String name) {
        TypeDefinition<?> definition = full.getTypeOrNull(name);
        if (definition != null) {
            return definition;
        }
        ScalarTypeDefinition scalar = full.scalars().get(name);
        if (scalar == null) {
            throw new IllegalArgumentException("The schema has no type " + name);
        }
        return scalar;
    }

    private static String named(Type<?> type) {
        return Objects.requireNonNull(TypeInfo.typeInfo(type).getTypeName().getName());
    }
}
