// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The installed Chromium without a window, one page of it, driven by Playwright, which must download no browser. */
public final class Chromium implements AutoCloseable {
    /** Notes what the page's policy refused, from the first moment of each page. */
    private static final String LISTEN = "window.rgRefused = [];"
            + "document.addEventListener('securitypolicyviolation',"
            + " e => window.rgRefused.push(e.violatedDirective + ': ' + (e.blockedURI || e.sample)));";

    /** In milliseconds: only what hangs takes longer. */
    private static final double PATIENCE = 180_000;

    private static final String ANSWERED = "Failed to load resource: the server responded with a status of ";

    private final Playwright playwright;
    private final Set<ProcessHandle> others;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Playwright playwright, Set<ProcessHandle> others, Path program) {
        this.playwright = playwright;
        this.others = others;
        // without its sandbox, which root may not have
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setChromiumSandbox(false));
        this.context = browser.newContext();
        this.page = context.newPage();
        // a machine with much else to do is slow, above all with the first page
        page.setDefaultTimeout(PATIENCE);
        page.setDefaultNavigationTimeout(PATIENCE);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        page.addInitScript(LISTEN);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // a server that refuses is no fault of the page
            if (Set.of("error", "warning").contains(message.type())
                    && !message.text().startsWith(ANSWERED)) {
                complaints.add(message.text());
            }
        });
    }

    /** Where the browser is; empty on a machine that has none. */
    public static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "google-chrome", "chromium-browser")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param scratch an empty folder of its own, for the profile too */
    public static Chromium start(Path program, Path scratch) {
        Set<ProcessHandle> others = ProcessHandle.current().descendants().collect(Collectors.toSet());
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "TMPDIR", scratch.toString())));
        try {
            return new Chromium(playwright, others, program);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    public Page page() {
        return page;
    }

    /** As this user, by basic authorization; every name is its own password. */
    public void as(String user) {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes());
        context.setExtraHTTPHeaders(Map.of("Authorization", "Basic " + login));
    }

    /** Opens a page that must be there and lead nowhere else. */
    public Response open(String url) {
        Response response = page.navigate(url);
        if (!page.url().equals(url) || !response.ok()) {
            throw new AssertionError(url + " gave " + response.status() + " at " + page.url());
        }
        return response;
    }

    /** What the page's policy refused, and what its scripts threw or the browser warned of. */
    public List<String> complaints() {
        Object refused = page.evaluate("window.rgRefused");
        List<String> all = new ArrayList<>(complaints);
        ((List<?>) refused).forEach(one -> all.add(one.toString()));
        return all;
    }

    /** Leaves the page, and forgets what was complained of. */
    public void forget() {
        page.navigate("about:blank");
        complaints.clear();
    }

    /** The driver ends its browser when it is left; what hangs is not waited for. */
    @Override
    public void close() {
        List<ProcessHandle> started = ProcessHandle.current()
                .descendants()
                .filter(process -> !others.contains(process))
                .toList();
        try {
            playwright.close();
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
