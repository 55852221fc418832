# shellcheck shell=bash
# What the scripts share: where things lie, and a build when one is due. Read by them, never run.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
job_jar=$root/job/target/stdc-job.jar
# The renderer behind `stdc sample`: beside the job, not in its jar.
scenes=$root/samples/scenes/target/stdc-scenes.jar
# What sends lines to Kafka; only where Maven has built it.
kafka_jar=$root/job/kafka/target/stdc-kafka.jar
classpaths=$root/job/target/classpath
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Java names files in the locale's encoding: under C, which is ASCII, it finds none with other letters in its name.
if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
  if [ -n "${LC_ALL:-}" ]; then LANG=$LC_ALL; fi
  unset LC_ALL
  export LANG=${LANG:-C} LC_CTYPE=C.UTF-8
fi 2>/dev/null

# Flink's plugins: what -Ps3 has put there, or what the user's Flink has.
export FLINK_PLUGINS_DIR=${FLINK_PLUGINS_DIR:-$root/job/target/plugins}

# The encoder of AV1 would say on stderr how it is set, once for each segment.
export SVT_LOG=${SVT_LOG:-1}

fail() {
  echo "${0##*/}: $1" >&2
  exit "${2:-1}"
}

# Every jar that a class path file names, one to a line.
jars_of() {
  tr ':' '\n' <"$classpaths/$1"
  echo
}

up_to_date() {
  local jar
  [ -f "$job_jar" ] && [ -f "$scenes" ] && [ -f "$classpaths/native" ] && [ -f "$classpaths/flink" ] || return 1
  [ -z "$(find "$root/pom.xml" "$root"/{udf,job,samples/scenes}/{pom.xml,src/main} "$root"/conf/{labels,training} "$root/samples/weights" "$root/.mvn" -newer "$job_jar")" ] || return 1
  while IFS= read -r jar; do
    [ -z "$jar" ] || [ -f "$jar" ] || return 1
  done < <(jars_of native && jars_of flink)
}

# The profiles to build with: a build for GPUs, under the GPL or with S3, which only Maven's -Pcuda, -Pgpl or -Ps3 begins,
# stays one.
profiles() {
  local profiles=fast
  if grep -q pytorch-native-cu "$classpaths/native" 2>/dev/null; then profiles+=,cuda; fi
  if grep -q 'ffmpeg-[^/]*-gpl\.jar' "$classpaths/native" 2>/dev/null; then profiles+=,gpl; fi
  if [ -d "$root/job/target/plugins/s3-fs-hadoop" ]; then profiles+=,s3; fi
  echo "$profiles"
}

# Modules that only Maven builds by itself: tests against servers. That for Kafka stays built.
left_out() {
  if [ -f "$kafka_jar" ]; then echo '!job/stores'; else echo '!job/stores,!job/kafka'; fi
}

# Builds the jar and the class path files unless they are newer than everything they are made of. Two at once take turns.
build() {
  up_to_date && return
  command -v "$java" >/dev/null || fail "needs JDK 17: neither JAVA_HOME nor PATH leads to a java"
  command -v mvn >/dev/null || fail "needs Maven 3.8 or newer: PATH leads to no mvn"
  (
    mkdir -p "$root/target"
    exec 8>"$root/target/build.lock"
    if command -v flock >/dev/null; then flock 8; fi
    up_to_date && exit
    if [ -f "$job_jar" ]; then echo "Building $root ..."; else echo "Building $root, after Maven's downloads ..."; fi >&2
    cd "$root"
    mvn --batch-mode --no-transfer-progress "-P$(profiles)" -pl "$(left_out)" -DskipTests package >target/build.log 2>&1 8>&- || {
      sed -n '/^\[ERROR\]/{/\[Help 1\]/q;p;}' target/build.log >&2
      exit 1
    }
  ) || fail "the build failed; all of it is in $root/target/build.log"
}

# What a cluster's lib gets, as a class path: what loads native code, and what sends lines to Kafka.
jars_for_lib() {
  local kafka=
  if [ -f "$kafka_jar" ]; then kafka=:$kafka_jar; fi
  echo "$(cat "$classpaths/native")$kafka"
}

# The class path of a program that runs here, Flink included.
class_path() {
  echo "$job_jar:$scenes:$(jars_for_lib):$(cat "$classpaths/flink")"
}

# The value of a flat key in a Flink configuration file.
config_value() {
  sed -n "s/^$2: *//p" "$1"
}

# The value of key $2 in the JSON file $1; with $3, in its object of that name. The files are ours and simple.
value() {
  local within=
  if [ $# -gt 2 ]; then within="\"$3\" *: *{[^}]*"; fi
  tr -d '\n' <"$1" | sed -n "s/.*$within\"$2\" *: *\"\{0,1\}\([^,\"} ]*\).*/\1/p"
}

# Whether a program of this machine listens on a port.
port_answers() {
  (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port FIRST [TAKEN]: the first port from there on that nobody listens on.
free_port() {
  local port=$1
  while [ "$port" = "${2:-}" ] || port_answers "$port"; do port=$((port + 1)); done
  echo "$port"
}

# rest_get CONFIG PATH: GET of a cluster's REST interface, without needing curl.
rest_get() (
  { exec 7<>"/dev/tcp/127.0.0.1/$(config_value "$1" rest.port)"; } 2>/dev/null || exit 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&7
  IFS= read -r -t 5 line <&7 || exit 1
  case $line in *' 200 '*) ;; *) exit 1 ;; esac
  while IFS= read -r -t 5 line <&7 && [ "$line" != $'\r' ]; do :; done
  cat <&7
)

# draw N: one of 0 to N - 1, into drawn; not in a subshell, which would draw the same again.
draw() {
  drawn=$(((RANDOM * 32768 + RANDOM) % $1))
}

# busy_taskmanagers CONFIG JOB: the roles of those that the job's sources run in.
busy_taskmanagers() {
  local vertex
  vertex=$(rest_get "$1" "/jobs/$2" | grep -o '"vertices":\[{"id":"[0-9a-f]*"' | cut -d '"' -f 6) || true
  rest_get "$1" "/jobs/$2/vertices/$vertex" | grep -o '"taskmanager-id":"taskmanager-[0-9]*"' | cut -d '"' -f 4 | sort -u || true
}

# The JVM flags every process of ours runs with, into the array java_options.
read_java_options() {
  read -r -a java_options <<<"$(config_value "${1:-$root/conf/flink/config.yaml}" env.java.opts.all)"
}

# proof PROGRAM [argument...]: runs a program of scripts/proof, which are compiled when one has changed.
proof() {
  local classes=$root/target/proof program=$1
  shift
  if [ -z "$(find "$classes/$program.class" -newer "$job_jar" 2>/dev/null)" ] ||
    [ -n "$(find "$root/scripts/proof" -newer "$classes/$program.class")" ]; then
    mkdir -p "$classes"
    "${java}c" -proc:none -d "$classes" -cp "$(class_path)" -sourcepath "$root/job/src/test/java" "$root"/scripts/proof/*.java || return
  fi
  read_java_options
  "$java" "${java_options[@]}" -Xmx512m -cp "$classes:$(class_path)" "$program" "$@"
}
