# SPDX-License-Identifier: MIT
# Shared by the scripts of this folder, which source it with $self set to themselves.

root=$(cd "$(dirname "$self")/.." && pwd -P)

dependency_plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
newer_maven=3.9.11

die() {
    echo "$(basename "$self"): $*" >&2
    exit 1
}

need_java() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        java=$JAVA_HOME/bin/java
    else
        java=$(command -v java) || die "there is no java: install a JDK, version 17 or newer, or set JAVA_HOME"
    fi
}

need_maven() {
    maven=$(command -v mvn) || die "there is no mvn: install Maven 3.8.7 or newer"
    "$java" -version 2>&1 | grep -q 'version "\(1[7-9]\|[2-9][0-9]\)' ||
        die "$java is too old: version 17 or newer is needed"
}

# How many seconds a lock may be there before its holder has said who it is; and how many a holder that lives is waited for.
lock_unnamed=10
lock_patience=1800

# Holds $1 alone; a lock whose holder is gone, or never said who it is, is taken over.
lock() {
    mkdir -p "$(dirname "$1")"
    waited=0
    unnamed=0
    while ! mkdir "$1.lock" 2>/dev/null; do
        holder=$(cat "$1.lock/pid" 2>/dev/null || echo)
        case $holder in
        '' | *[!0-9]*)
            # between its making and its naming, or killed there
            unnamed=$((unnamed + 1))
            [ "$unnamed" -le "$lock_unnamed" ] || take_over "$1.lock" "$holder"
            ;;
        *)
            unnamed=0
            kill -0 "$holder" 2>/dev/null || take_over "$1.lock" "$holder"
            ;;
        esac
        [ -d "$1.lock" ] || continue
        [ "$waited" -lt "$lock_patience" ] ||
            die "process ${holder:-unknown} has held $1.lock for $waited seconds: end it, or remove that folder if it isn't ours"
        waited=$((waited + 1))
        sleep 1
    done
    locked=$1.lock
    trap unlock EXIT
    trap 'exit 130' INT TERM
    echo $$ >"$1.lock/pid"
}

# Removes the lock $1 of the holder $2; of several who want to, one moves it away, and none takes a new one for the old.
take_over() {
    old=$1.$$
    if mv "$1" "$old" 2>/dev/null; then
        if [ "$(cat "$old/pid" 2>/dev/null || echo)" = "$2" ]; then
            rm -rf "$old"
        else
            mv "$old" "$1" 2>/dev/null || rm -rf "$old"
        fi
    fi
}

unlock() {
    rm -rf "$locked"
    trap - EXIT INT TERM
}

# Compiles the engine and writes its class path, an entry a line, to $1. Tries without the network first.
build_engine() {
    need_maven
    echo "Building the engine (Maven fetches what it needs, which takes a while the first time)..." >&2
    log=$root/target/engine-build.log
    mkdir -p "$root/target/engine"
    jars=$root/target/engine/command-line.jars
    rm -f "$1"
    if ! engine_compile -o >"$log" 2>&1 && { grep -q 'COMPILATION ERROR' "$log" || ! engine_compile >"$log" 2>&1; }; then
        grep ERROR "$log" | head -n 20 >&2
        die "the engine could not be built; all that Maven said is in $log"
    fi
    {
        echo "$root/target/engine/classes"
        tr ':' '\n' <"$jars"
    } >"$1.new"
    mv "$1.new" "$1"
}

engine_compile() {
    "$maven" -B -q "$@" -f "$root/pom-engine.xml" compile "$dependency_plugin:build-classpath" \
        -Dmdep.outputFile="$jars" -DincludeScope=runtime -Dmdep.pathSeparator=:
}

# Whether Maven can resolve the plugin's parent; otherwise $why says why not, in one line. Asked with a POM that has nothing but
# the parent, the baseline and the repositories of the plugin's, without a goal: that nothing is to be done is the sign of success.
can_build_plugin() {
    probe=$root/target/parent
    mkdir -p "$probe/.mvn"
    {
        echo '<project><modelVersion>4.0.0</modelVersion>'
        sed -n '/<parent>/,/<\/parent>/p' "$root/pom.xml"
        echo '<artifactId>probe</artifactId><packaging>pom</packaging><properties>'
        sed -n '/<jenkins\.[a-z]*>/p' "$root/pom.xml"
        echo '</properties>'
        sed -n '/<repositories>/,/<\/repositories>/p; /<pluginRepositories>/,/<\/pluginRepositories>/p' "$root/pom.xml"
        echo '</project>'
    } >"$probe/pom.xml"
    # patience for one host that doesn't answer, not for each file asked of it
    for network in -o -U; do
        (cd "$probe" && limited "$maven" -B "$network" \
            -Daether.connector.connectTimeout=5000 -Daether.connector.requestTimeout=15000 \
            -Dmaven.wagon.http.connectionTimeout=5000 -Dmaven.wagon.http.readTimeout=15000 \
            -Dmaven.wagon.http.retryHandler.count=0) >"$probe/maven.log" 2>&1 || true
        if grep -q 'No goals have been specified' "$probe/maven.log"; then
            return 0
        fi
    done
    parent=$(sed -n '/<parent>/,/<\/parent>/s/.*<version>\(.*\)<\/version>.*/\1/p' "$root/pom.xml")
    why="Maven can't resolve the plugin's parent org.jenkins-ci.plugins:plugin:$parent, which is not in Maven Central"
    return 1
}

limited() {
    if command -v timeout >/dev/null; then
        timeout 90 "$@"
    else
        "$@"
    fi
}

# The plugin's build wants Maven 3.9.6; an older one fetches a newer as an artifact.
need_newer_maven() {
    version=$("$maven" -B --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
    oldest=$(printf '%s\n' 3.9.6 "$version" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)
    [ "$oldest" = 3.9.6 ] && return
    newer=$root/target/maven/apache-maven-$newer_maven/bin/mvn
    if [ ! -x "$newer" ]; then
        echo "Maven $version is too old for the plugin's build: fetching $newer_maven..."
        mkdir -p "$root/target/maven"
        # not in the project's folder, whose extensions this doesn't need
        (cd "$root/target/maven" && "$maven" -B -q "$dependency_plugin:unpack" -DoutputDirectory="$root/target/maven" \
            -Dartifact="org.apache.maven:apache-maven:$newer_maven:tar.gz:bin") >"$root/target/maven/fetch.log" 2>&1 ||
            die "Maven $newer_maven could not be fetched; what Maven said is in target/maven/fetch.log"
        chmod +x "$newer"
    fi
    maven=$newer
}
