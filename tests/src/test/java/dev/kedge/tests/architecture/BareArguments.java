// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Lines of Java that hold nothing but one plain argument of a call or a constructor: a name, a
 * literal, a field, or what a method without arguments gives.
 *
 * @param file the source
 * @param lines how many lines it has
 * @param bare numbers of the lines that are a bare argument, from 1
 */
record BareArguments(String file, int lines, List<Integer> bare) {

    /** Looks at sources, which are only parsed. */
    static List<BareArguments> of(Iterable<? extends JavaFileObject> sources) throws IOException {
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(null, null, null, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<BareArguments> found = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            String text = unit.getSourceFile().getCharContent(true).toString();
            Scan scan = new Scan(unit, positions, text);
            scan.scan(unit, null);
            int lines = (int) text.lines().count();
            found.add(new BareArguments(unit.getSourceFile().getName(), lines, scan.bare()));
        }
        return found;
    }

    private static final class Scan extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String text;
        private final List<String> lines;
        private final Set<Integer> bare = new TreeSet<>();

        Scan(CompilationUnitTree unit, SourcePositions positions, String text) {
            this.unit = unit;
            this.positions = positions;
            this.text = text;
            this.lines = text.lines().toList();
        }

        List<Integer> bare() {
            return List.copyOf(bare);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            call.getArguments().forEach(this::look);
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void nothing) {
            made.getArguments().forEach(this::look);
            return super.visitNewClass(made, null);
        }

        private void look(ExpressionTree argument) {
            int start = (int) positions.getStartPosition(unit, argument);
            int end = (int) positions.getEndPosition(unit, argument);
            int line = (int) unit.getLineMap().getLineNumber(start);
            String alone = withoutEnd(text.substring(start, end));
            if (isPlain(argument) && withoutEnd(lines.get(line - 1)).equals(alone)) {
                bare.add(line);
            }
        }

        /** Without what closes the call around it. */
        private static String withoutEnd(String code) {
            return code.strip().replaceAll("[,;)\\s]+$", "");
        }

        private static boolean isPlain(ExpressionTree argument) {
            if (argument instanceof MethodInvocationTree call) {
                return call.getArguments().isEmpty() && isPlain(call.getMethodSelect());
            }
            return argument instanceof IdentifierTree
                    || argument instanceof LiteralTree
                    || (argument instanceof MemberSelectTree field
                            && isPlain(field.getExpression()));
        }
    }
}
