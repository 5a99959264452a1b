package com.eventuall.deploy.checks.source;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Syntax trees of Java files. Names are not resolved: an annotation is known by its simple name. */
final class JavaSources {
    private JavaSources() {}

    /** The top-level types in a folder and all below it; none if there is no such folder. */
    static List<ClassTree> typesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(folder);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            if (sources.isEmpty()) {
                return List.of();
            }
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(sources));
            List<ClassTree> types = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                unit.getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .map(ClassTree.class::cast)
                        .forEach(types::add);
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The annotation of that simple name. */
    static Optional<AnnotationTree> annotation(ModifiersTree modifiers, String simpleName) {
        return StreamSupport.stream(modifiers.getAnnotations().spliterator(), false)
                .map(AnnotationTree.class::cast)
                .filter(annotation -> {
                    String type = annotation.getAnnotationType().toString();
                    return type.equals(simpleName) || type.endsWith("." + simpleName);
                })
                .findFirst();
    }

    /** The literal value of an annotation's element. */
    static Optional<String> element(AnnotationTree annotation, String name) {
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment) {
                if (assignment.getVariable().toString().equals(name)) {
                    return literal(assignment.getExpression());
                }
            } else if (name.equals("value")) {
                return literal(argument);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> literal(ExpressionTree expression) {
        return expression instanceof LiteralTree literal
                ? Optional.ofNullable(literal.getValue()).map(Object::toString)
                : Optional.empty();
    }
}
