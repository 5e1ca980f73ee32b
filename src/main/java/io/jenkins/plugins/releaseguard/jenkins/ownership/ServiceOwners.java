// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Whose each service is, for all of its environments: the controller's configuration decides, then what was claimed (which the
 * configuration of a folder around it may give to something else below itself), then the configuration of folders; what nobody has
 * named belongs to who releases it first. A claim is on the disk before a record of its release is.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ServiceOwners extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(ServiceOwners.class.getName());
    private static final String CHANGE =
            ". An administrator can give it to another place (Manage Jenkins, System, Release Guard,"
                    + " Services and their owners) or free what was claimed (Manage Jenkins, Services and their owners)";

    /** Null until they could be read. */
    private Map<String, ServiceClaim> claims;

    /** Why they can't be; null where they can. */
    private String trouble;

    public static ServiceOwners get() {
        return ExtensionList.lookupSingleton(ServiceOwners.class);
    }

    private static ClaimsFile file() {
        return new ClaimsFile(ServiceLedgers.root().resolve("owners.json"));
    }

    // --- who may release ---

    /**
     * Lets a build release a service, which it claims where nobody has it.
     *
     * @throws AbortException it belongs to others: nothing may be begun
     * @throws IOException nobody can tell, or a claim can't be kept
     */
    public ServiceAdmission admit(Run<?, ?> run, String service) throws IOException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            String job = run.getParent().getFullName();
            Optional<ServiceOwner> given = configured(service);
            if (given.isPresent()) {
                return admitted(given.get(), job, service, null);
            }
            String build = run.getExternalizableId();
            Optional<ServiceClaim> known = claimOf(service);
            boolean fresh = known.isEmpty() || known.get().isFreed();
            ServiceClaim claim = fresh ? claim(job, build, service, known.isPresent()) : known.get();
            ServiceOwner owner = ServiceOwner.of(claim);
            // of two that ask at once one has claimed it, and says so
            boolean news = build.equals(claim.by()) || fresh && claim.origin() == ServiceClaim.Origin.LAST_PROMOTION;
            return admitted(
                    owner,
                    job,
                    service,
                    news ? service + " now belongs to " + owner.names() + ", " + claim.how() : null);
        }
    }

    private static ServiceAdmission admitted(ServiceOwner owner, String job, String service, String news)
            throws AbortException {
        if (!owner.covers(job)) {
            throw new AbortException("The service '" + service + "' belongs to " + owner.names() + ", " + owner.how()
                    + ", so " + job + " can't release it, and nothing was begun" + CHANGE);
        }
        return new ServiceAdmission(service, news);
    }

    /**
     * A release that is taken up again: where its service had no owner yet, it has its first one. Whatever goes wrong here, the release
     * goes on.
     *
     * @param build its build's id
     */
    public void inMotion(String service, String build) {
        try {
            if (configured(service).isEmpty() && claimOf(service).isEmpty()) {
                first(new ServiceClaim(
                        service, JobPlaces.ofBuild(build), ServiceClaim.Origin.FIRST_RELEASE, build, now()));
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "That " + service + " belongs to who releases it by " + build + " isn't kept");
        }
    }

    /** What nobody has: to who promoted it last, to the folder that names it, or to who asks first. */
    private ServiceClaim claim(String job, String build, String service, boolean freed) throws IOException {
        Optional<ServiceClaim> promoted = freed ? Optional.empty() : LastPromotion.of(service, now());
        if (promoted.isPresent()) {
            // a folder around that place may give it to something else below itself; no other folder may
            return first(promoted.get());
        }
        Map<String, ServiceOwner> folders = FolderClaims.everywhere(service);
        if (folders.size() > 1) {
            throw new AbortException("The configurations of the folders " + String.join(" and ", folders.keySet())
                    + " each claim the service '" + service + "', so nobody can release it" + CHANGE);
        }
        if (!folders.isEmpty()) {
            ServiceOwner owner = folders.values().iterator().next();
            admitted(owner, job, service, null);
            String place = owner.places().stream()
                    .filter(one -> JobPlaces.isInside(job, one))
                    .findFirst()
                    .orElseThrow();
            return first(new ServiceClaim(service, place, ServiceClaim.Origin.FOLDER, build, now()));
        }
        refuseLookAlike(service, job);
        return first(new ServiceClaim(service, JobPlaces.of(job), ServiceClaim.Origin.FIRST_RELEASE, build, now()));
    }

    /** Keeps a claim unless another one came first; whose it is then. */
    private synchronized ServiceClaim first(ServiceClaim claim) throws IOException {
        ServiceClaim known = load().get(claim.service());
        if (known == null || known.isFreed()) {
            keep(claim);
            return claim;
        }
        return known;
    }

    /** Nobody comes to speak for a service by a name that people take for another's. */
    private void refuseLookAlike(String service, String job) throws IOException {
        Set<String> others = new TreeSet<>();
        claims().forEach(claim -> others.add(claim.service()));
        ReleaseGuardConfiguration.get().getServices().forEach(setup -> others.add(setup.getService()));
        others.addAll(FolderClaims.services());
        others.addAll(LastPromotion.services());
        for (String other : others) {
            if (NameLikeness.differOnlyToMachines(service, other)) {
                for (ServiceOwner owner : ownersToBe(other)) {
                    if (!owner.covers(job)) {
                        throw new AbortException("The service '" + service + "' looks like '" + other
                                + "', which belongs to " + owner.names()
                                + ", so it isn't claimed by a first release, and nothing was begun" + CHANGE);
                    }
                }
            }
        }
    }

    /** Whose a service is, or where nobody has released it yet, would be. */
    private Collection<ServiceOwner> ownersToBe(String service) throws IOException {
        Optional<ServiceOwner> owner = ownerOf(service);
        if (owner.isEmpty() && claimOf(service).isEmpty()) {
            owner = LastPromotion.of(service, now()).map(ServiceOwner::of);
        }
        return owner.isPresent()
                ? List.of(owner.get())
                : FolderClaims.everywhere(service).values();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    // --- whose it is ---

    /** As the controller's configuration says; names that are written out before patterns. */
    static Optional<ServiceOwner> configured(String service) {
        List<ServiceSetup> all = ReleaseGuardConfiguration.get().getServices();
        List<ServiceSetup> named =
                all.stream().filter(one -> one.getService().equals(service)).toList();
        List<ServiceSetup> meant = named.isEmpty()
                ? all.stream().filter(one -> one.isPatternOf(service)).toList()
                : named;
        List<String> places = meant.stream()
                .map(ServiceSetup::getOwner)
                .map(owner -> owner == null ? "" : owner)
                .filter(owner -> !owner.isEmpty())
                .toList();
        return meant.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceOwner(places, List.of(), "by the controller's configuration"));
    }

    /**
     * Which jobs' sealed releases say something about a service.
     *
     * @return by jobs' full names; all where nobody has the service, none where nobody can tell who has
     */
    public Predicate<String> believed(String service) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return ownerOf(service)
                    .<Predicate<String>>map(owner -> owner::believes)
                    .orElse(job -> true);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "No release of " + service + " is believed");
            return job -> false;
        }
    }

    /** Empty where nobody has it. */
    private Optional<ServiceOwner> ownerOf(String service) throws IOException {
        Optional<ServiceOwner> given = configured(service);
        return given.isPresent()
                ? given
                : claimOf(service).filter(claim -> !claim.isFreed()).map(ServiceOwner::of);
    }

    /** What was claimed or freed. */
    synchronized Optional<ServiceClaim> claimOf(String service) throws IOException {
        return Optional.ofNullable(load().get(service));
    }

    // --- for administrators ---

    /** What was claimed, by service; empty where it can't be read. */
    synchronized List<ServiceClaim> claims() {
        try {
            return load().values().stream().filter(claim -> !claim.isFreed()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Why claims can't be read; null where they can. */
    synchronized String trouble() {
        claims();
        return trouble;
    }

    /**
     * Lets the next release of a service claim it.
     *
     * @param place whose it was when that was decided
     * @return false where it belongs to another by now
     */
    synchronized boolean free(String service, String place, String by) throws IOException {
        ServiceClaim known = load().get(service);
        if (known == null || !place.equals(known.place())) {
            return false;
        }
        keep(new ServiceClaim(service, null, ServiceClaim.Origin.FREED, by, now()));
        LOGGER.log(Level.INFO, "{0} freed the service {1}, which belonged to {2}", new Object[] {by, service, place});
        return true;
    }

    // --- places that move ---

    /** Comes for everything below a folder that is moved as well. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        change(
                claim -> claim.moved(oldFullName, newFullName),
                "What belonged to " + oldFullName + " may not belong to " + newFullName + " after a restart");
    }

    /** A place that is deleted keeps what it has from everybody: what is made anew by its name is another. */
    @Override
    public void onDeleted(Item item) {
        change(
                claim -> claim.without(item.getFullName()),
                "What belonged to " + item.getFullName() + " may belong to a new one of its name after a restart");
    }

    private synchronized void change(UnaryOperator<ServiceClaim> one, String otherwise) {
        try {
            List<ServiceClaim> changed = load().values().stream().map(one).toList();
            if (!changed.equals(List.copyOf(claims.values()))) {
                changed.forEach(claim -> claims.put(claim.service(), claim));
                file().write(claims.values());
            }
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e, () -> otherwise);
        }
    }

    // --- the file ---

    /** Kept first, known then. */
    private void keep(ServiceClaim claim) throws IOException {
        Map<String, ServiceClaim> all = load();
        ServiceClaim before = all.put(claim.service(), claim);
        try {
            file().write(all.values());
        } catch (IOException e) {
            if (before == null) {
                all.remove(claim.service());
            } else {
                all.put(claim.service(), before);
            }
            throw new IOException("that " + claim.service() + " belongs to " + claim.place() + " can't be kept", e);
        }
    }

    private Map<String, ServiceClaim> load() throws IOException {
        if (claims == null) {
            try {
                claims = file().read();
                trouble = null;
            } catch (IOException e) {
                trouble = e.getMessage();
                throw e;
            }
        }
        return claims;
    }
}
