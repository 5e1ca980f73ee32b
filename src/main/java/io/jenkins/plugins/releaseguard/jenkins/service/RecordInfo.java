// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Promote;
import io.jenkins.plugins.releaseguard.jenkins.scope.Makers;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseBuild;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What is known of an open release beside its journal and its contract; record.json in its folder.
 *
 * @param id of the release, safe as a folder's name
 * @param run external id of the build that it belongs to
 * @param contractFile how messages call the contract
 * @param variables what its {@code ${NAME}} stood for when it was frozen
 * @param includes texts of the files that it includes, by path
 * @param enclosed whether an {@code autoRollback} encloses the rollout; null until the rollout is armed
 * @param observe do everything but act
 * @param orphan why there is no build any more; null while there is one
 * @param place full name of the folder whose set-up the release was begun with, empty for the controller; null in records of
 *     older versions, which go by their job's folder
 * @param routerPlace full name of where its router was set up when it was armed; null before, and where there is none
 * @param openedAt null in records of older versions
 * @param authors user ids of those who started the build and wrote its changes; empty in records of older versions
 * @param unknownAuthors why somebody may be missing among them; empty in records of older versions
 * @param contractOrigin where the contract was read; null in records of older versions
 * @param promote the rule by which phases are left; null in records of versions that knew one only, which is proof, and of the
 *     first that knew two, whose contracts say which
 */
@Restricted(NoExternalUse.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RecordInfo(
        int format,
        String id,
        String run,
        String service,
        String environment,
        String contractFile,
        Map<String, String> variables,
        Map<String, String> includes,
        Boolean enclosed,
        boolean observe,
        String orphan,
        String place,
        String routerPlace,
        Instant openedAt,
        Set<String> authors,
        List<String> unknownAuthors,
        ContractOrigin contractOrigin,
        Promote promote) {
    static final int FORMAT = 1;

    public RecordInfo {
        variables = Map.copyOf(variables);
        includes = Map.copyOf(includes);
        authors = authors == null ? Set.of() : Set.copyOf(authors);
        unknownAuthors = unknownAuthors == null ? List.of() : List.copyOf(unknownAuthors);
    }

    /** Of a release that begins now. */
    static RecordInfo of(String id, String run, FrozenContract frozen, String environment, Makers makers) {
        return new RecordInfo(
                FORMAT,
                id,
                run,
                frozen.contract().release().service(),
                environment,
                frozen.file(),
                frozen.variables(),
                frozen.includes(),
                null,
                false,
                null,
                new ReleaseBuild(run).place().getFullName(),
                null,
                Instant.now(),
                makers.users(),
                makers.unknown(),
                frozen.origin(),
                frozen.contract().rollout().promote());
    }

    Makers makers() {
        return new Makers(authors, unknownAuthors);
    }

    /** Whether an {@code autoRollback} encloses the rollout, and so has the last bake. */
    @JsonIgnore
    public boolean isEnclosed() {
        return Boolean.TRUE.equals(enclosed);
    }

    RecordInfo withRollout(boolean isEnclosed, boolean isObserved) {
        return copy(run, isEnclosed, isObserved, orphan, place, routerPlace);
    }

    RecordInfo withRun(String newRun) {
        return copy(newRun, enclosed, observe, orphan, place, routerPlace);
    }

    RecordInfo withOrphan(String why) {
        return copy(run, enclosed, observe, why, place, routerPlace);
    }

    RecordInfo withRouterPlace(String newPlace) {
        return copy(run, enclosed, observe, orphan, place, newPlace);
    }

    /** A folder has another name now. */
    RecordInfo withFolder(String before, String now) {
        return copy(
                run,
                enclosed,
                observe,
                orphan,
                before.equals(place) ? now : place,
                before.equals(routerPlace) ? now : routerPlace);
    }

    /** What can change, in the order of the components. */
    private RecordInfo copy(
            String newRun,
            Boolean isEnclosed,
            boolean isObserved,
            String isOrphan,
            String newPlace,
            String newRouterPlace) {
        return new RecordInfo(
                format,
                id,
                newRun,
                service,
                environment,
                contractFile,
                variables,
                includes,
                isEnclosed,
                isObserved,
                isOrphan,
                newPlace,
                newRouterPlace,
                openedAt,
                authors,
                unknownAuthors,
                contractOrigin,
                promote);
    }
}
