// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No regular expression of ours takes more steps than so many for each character, whatever text it meets (T4). Steps are
 * characters asked for, so that the test is the same on every machine. Every {@link Pattern} in a static field is tried, alone or in a
 * list, with texts made of what it names: one piece over and over, and at the end what fits nothing.
 */
class PatternStepsTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.jenkins.plugins.releaseguard");
    private static final int LENGTH = 400;
    /** For each character. One that begins anew at each character would take 200. */
    private static final int STEPS = 100;

    /** Those that take the square of it, and what keeps their texts short. */
    private static final Map<String, String> BOUNDED = new TreeMap<>(Map.of(
            "Lexer.TOKEN", "a string that never ends, asked at its beginning only: the lexer stops at what is no token",
            "Expression.OR_ZERO", "asked of queries up to Expression.LIMIT",
            "ForeignThresholds.COUNTED", "asked of thresholds up to ThresholdParser.LONGEST",
            "ForeignThresholds.POINTS", "asked of thresholds up to ThresholdParser.LONGEST",
            "ForeignThresholds.RANGE", "asked of thresholds up to ThresholdParser.LONGEST",
            "ThresholdRepair.ID", "asked of names of a threshold, of up to 64 characters, and of the whole of them",
            "ThresholdRepair.LESS_THAN_BASELINE", "asked of thresholds up to ThresholdParser.LONGEST",
            "ThresholdRepair.SHARE_OF_BASELINE", "asked of thresholds up to ThresholdParser.LONGEST",
            "YamlHints.BARE_VARIABLE", "asked of the part of a line that YamlHints.NEAR leaves"));

    private static final Set<String> SEARCHES = Set.of("find", "results", "replaceAll", "replaceFirst", "split");

    private static final String USUAL = " \ta0.-_/\"\\{";

    @Test
    void everyPatternTakesAFewStepsACharacter() throws Exception {
        Map<String, Pattern> patterns = patterns();
        assertThat(patterns).hasSizeGreaterThan(50);
        Set<String> slow = new TreeSet<>();
        for (Map.Entry<String, Pattern> pattern : patterns.entrySet()) {
            slowest(pattern.getValue(), searches(pattern.getKey()))
                    .forEach(text -> slow.add(pattern.getKey() + " for " + text));
        }
        assertThat(slow.stream().map(each -> each.substring(0, each.indexOf('['))))
                .as("%s", slow)
                .containsExactlyElementsOf(BOUNDED.keySet());
    }

    @Test
    void findsWhatGoesBackAndForth() {
        assertThat(slow("(a+)+b")).isNotEmpty();
        assertThat(slow("\\s*,")).isNotEmpty();
        assertThat(slow("(?:a|aa)*+b")).isNotEmpty();
        assertThat(slow("\\s*+,\\w{1,20}")).isNotEmpty();
        assertThat(slow("(?<!\\s)\\s*+,\\w{1,20}")).isEmpty();
    }

    private static List<String> slow(String pattern) {
        return slowest(Pattern.compile(pattern), true);
    }

    /** Whether the pattern's class looks for it inside of texts, rather than asking whether the whole text is one. */
    private static boolean searches(String field) {
        String owner = field.substring(0, field.indexOf('.'));
        return MAIN.stream()
                .filter(type -> type.getSimpleName().equals(owner))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .anyMatch(call -> SEARCHES.contains(call.getTarget().getName())
                        && call.getTargetOwner().getPackageName().equals("java.util.regex"));
    }

    private static Map<String, Pattern> patterns() throws ReflectiveOperationException {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (JavaClass type : MAIN) {
            if (type.getPackageName().contains(".jenkins.plugins.releaseguard.jenkins")) {
                continue;
            }
            for (Field field : type.reflect().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        || !(field.getType() == Pattern.class || Collection.class.isAssignableFrom(field.getType()))) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(null);
                int index = 0;
                for (Object each : value instanceof Collection<?> many ? many : List.of(value)) {
                    if (each instanceof Pattern pattern) {
                        patterns.put(type.getSimpleName() + "." + field.getName() + "[" + index++ + "]", pattern);
                    }
                }
            }
        }
        return patterns;
    }

    /** The first text, in words, of each way of asking that takes too long. */
    private static List<String> slowest(Pattern pattern, boolean searched) {
        List<String> found = new ArrayList<>();
        for (String piece : pieces(pattern)) {
            String text = piece.repeat(LENGTH / piece.length());
            for (String begin : List.of("", "\"", "{", "a")) {
                Counted whole = new Counted(begin + text + "\0");
                if (whole.tooLong(() -> pattern.matcher(whole).matches())) {
                    return List.of("matches, '" + begin + "' and '" + piece + "' again and again");
                }
                Counted some = new Counted(begin + text + "\0");
                if (searched
                        && some.tooLong(() -> {
                            Matcher matcher = pattern.matcher(some);
                            while (matcher.find()) {
                                // the next
                            }
                        })) {
                    return List.of("find, '" + begin + "' and '" + piece + "' again and again");
                }
            }
        }
        return found;
    }

    private static List<String> pieces(Pattern pattern) {
        Set<String> signs = new TreeSet<>();
        Stream.of((USUAL + pattern.pattern()).split("")).forEach(signs::add);
        List<String> some = signs.stream().limit(32).toList();
        List<String> pieces = new ArrayList<>(some);
        for (String one : some) {
            for (String other : some) {
                if (!one.equals(other)) {
                    pieces.add(one + other);
                }
            }
        }
        return pieces;
    }

    /** A text that notes how often it is asked. */
    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long asked;

        Counted(String text) {
            this.text = text;
            this.most = (long) text.length() * STEPS;
        }

        boolean tooLong(Runnable search) {
            try {
                search.run();
                return false;
            } catch (TooLong e) {
                return true;
            }
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++asked > most) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
