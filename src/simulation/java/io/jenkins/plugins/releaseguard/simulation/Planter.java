// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the engine's sources with a fault in them, in memory. Keeps the compiler's view of the class path from one to the next. */
final class Planter implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/releaseguard");
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-nowarn", "-parameters", "-cp", System.getProperty("java.class.path"));

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final JavaFileManager files = compiler.getStandardFileManager(null, null, null);

    /** The engine and the simulation with the fault, and nothing else with it. */
    ClassLoader plant(Planted bug) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Planted.Change change : bug.changes()) {
            String text = sources.computeIfAbsent(change.file(), Planter::source);
            int at = text.indexOf(change.text());
            if (at < 0 || text.indexOf(change.text(), at + 1) >= 0) {
                throw new IllegalStateException("'" + bug.name() + "' can't be planted any more: " + change.file()
                        + " has " + (at < 0 ? "no" : "more than one") + "\n" + change.text());
            }
            sources.put(change.file(), text.replace(change.text(), change.instead()));
        }
        return new ChildFirstLoader(sources.isEmpty() ? Map.of() : compile(bug, sources));
    }

    private static String source(String file) {
        try {
            return Files.readString(SOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> compile(Planted bug, Map<String, String> sources) {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager inMemory = new ForwardingJavaFileManager<>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("planted:///" + name), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        StringWriter said = new StringWriter();
        List<JavaFileObject> units = sources.entrySet().stream()
                .<JavaFileObject>map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        if (!compiler.getTask(said, inMemory, null, OPTIONS, null, units).call()) {
            throw new IllegalStateException("'" + bug.name() + "' can't be planted any more: " + said);
        }
        Map<String, byte[]> all = new HashMap<>();
        classes.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
        return all;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("planted:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
