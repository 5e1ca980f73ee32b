// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import java.util.regex.Pattern;

/** What a case is that comes again under the name of one that failed. */
enum Namesakes {
    /** Another test: the format has no reruns. */
    OTHERS,
    /** A rerun or another test: nothing says which. */
    UNSURE,
    /** A rerun: in this suite the name is one test's alone. */
    SAME;

    private static final Pattern GO = Pattern.compile("(Test|Example|Fuzz|Benchmark)([^\\p{Ll}/]\\w*)?(/.*)?");
    private static final Pattern PYTHON = Pattern.compile("[A-Za-z_]\\w*(\\[.*])?");
    private static final Pattern METHOD = Pattern.compile("[\\p{L}_$][\\w\\p{L}$]*");
    private static final Pattern CLASS = Pattern.compile("([\\p{L}_]\\w*\\.)+\\p{Lu}[\\w\\p{L}$]*");
    private static final Pattern XCTEST = Pattern.compile("test[\\p{Lu}\\d_]\\w*");

    /**
     * Of a case in JUnit's XML. Names are one test's alone where a language or a tool sees to it: Go's functions in the suite
     * of their package (gotestsum, go-junit-report), pytest's node ids, methods without arguments in the suite of their class
     * (Gradle's reports of retries, xcpretty and trainer), and what stands in one line of one file. Elsewhere (Jest, Mocha,
     * Robot, display names) a title may be that of several tests.
     *
     * @param go the suite says that Go wrote it
     * @param line whether the case has a file and a line
     */
    static Namesakes of(String suite, String type, String name, boolean go, boolean line) {
        boolean ofSuite = !type.isEmpty() && type.equals(suite);
        boolean same = (go || ofSuite) && GO.matcher(name).matches()
                || suite.equals("pytest") && PYTHON.matcher(name).matches()
                || line && plain(name)
                || ofSuite && method(type, name);
        return same ? SAME : UNSURE;
    }

    private static boolean method(String type, String name) {
        if (name.endsWith("()")) {
            return plain(name);
        }
        return XCTEST.matcher(name).matches()
                || CLASS.matcher(type).matches() && METHOD.matcher(name).matches();
    }

    /** Whether it holds neither arguments nor an index, which tools write for several tests alike. */
    static boolean plain(String name) {
        String bare = name.replace("()", "");
        return bare.indexOf('[') < 0 && bare.indexOf('(') < 0;
    }
}
