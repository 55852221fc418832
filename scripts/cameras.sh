# shellcheck shell=bash
# Cameras that the campaigns on live streams film with, and what happens to them: ffmpeg and Debian's rtsp-server-perl.
# Read after common.sh by scripts that set work, a folder, rate, frames per second, and config, of their cluster; never run.

cameras=$work/cameras
# By the cameras' names: keepers, which are processes that begin it again when it ends, and sizes of the first pictures.
declare -A keepers ports sizes

require_programs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || fail "needs $program, as apt-get install $program brings it" 2
  done
}

# camera_address NAME: what the job is given.
camera_address() {
  case $1 in
    rtsp) echo "rtsp://127.0.0.1:${ports[rtsp]}/camera" ;;
    udp) echo "udp://127.0.0.1:${ports[udp]}" ;;
    http) echo "http://127.0.0.1:${ports[http]}/camera.mjpg" ;;
    srt) echo "srt://127.0.0.1:${ports[srt]}" ;;
  esac
}

# camera_stream NAME: what the job calls its stream.
camera_stream() {
  local address
  address=$(camera_address "$1")
  address=${address#*://}
  address=${address%.mjpg}
  echo "${address//[:\/]/-}"
}

# camera_ports FIRST NAME...: a port for each, from FIRST on; RTSP takes another one for what films, and some for RTP.
camera_ports() {
  local port=$1 name
  shift
  for name in "$@"; do
    port=$(free_port "$port")
    ports[$name]=$port
    port=$((port + 1))
    if [ "$name" = rtsp ]; then
      ports[rtsp-server]=$(free_port $port)
      port=$((ports[rtsp-server] + 1))
    fi
  done
}

# film NAME: becomes what films, as the camera's settings say: pixels, seconds by which its timestamps are off, and a
# bitstream filter that damages packets. RTSP's server is one of them.
film() {
  local size=${sizes[$1]:-160x96} offset=0 damage=null input
  . "$cameras/$1"
  input=(ffmpeg -nostdin -loglevel error -re -f lavfi -i "testsrc2=size=$size:rate=$rate" -output_ts_offset "$offset")
  local h264=(-c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g $((2 * rate)) -bsf:v "dump_extra=freq=keyframe,$damage")
  case $1 in
    rtsp-server)
      exec rtsp-server-perl --clientport="${ports[rtsp]}" --serverport="${ports[rtsp-server]}" \
        --client_listen_address=127.0.0.1 --source_listen_address=127.0.0.1 --rtp_start_port="$((ports[rtsp] + 1000))"
      ;;
    rtsp) exec "${input[@]}" "${h264[@]}" -f rtsp -rtsp_transport udp "rtsp://127.0.0.1:${ports[rtsp-server]}/camera" ;;
    udp) exec "${input[@]}" "${h264[@]}" -f mpegts "$(camera_address udp)?pkt_size=1316" ;;
    http) exec "${input[@]}" -c:v mjpeg -q:v 5 -bsf:v "$damage" -f mpjpeg -listen 1 "$(camera_address http)" ;;
    srt) exec "${input[@]}" "${h264[@]}" -f mpegts "$(camera_address srt)?mode=listener" ;;
  esac
}

# Begins a camera, and begins it again half a second after it ends, for ever; away seconds in its settings, once.
keep_camera() {
  local name=$1
  : >"$cameras/$name"
  (
    trap 'kill -9 "$filming" 2>/dev/null || true; exit' TERM
    while :; do
      film "$name" >>"$cameras/$name.log" 2>&1 &
      filming=$!
      echo $filming >"$cameras/$name.pid"
      wait $filming || true
      away=0.5
      . "$cameras/$name"
      sed -i '/^away=/d' "$cameras/$name"
      sleep "$away" &
      wait $! || true
    done
  ) 2>/dev/null &
  keepers[$name]=$!
}

start_cameras() {
  local name
  mkdir -p "$cameras"
  rm -f "$cameras"/*
  for name in "$@"; do
    if [ "$name" = rtsp ]; then keep_camera rtsp-server; fi
    keep_camera "$name"
  done
}

stop_cameras() {
  if [ ${#keepers[@]} -gt 0 ]; then kill "${keepers[@]}" 2>/dev/null || true; fi
  keepers=()
}

# server_of NAME: who the job is connected to; for RTSP that is not what films.
server_of() {
  if [ "$1" = rtsp ]; then echo rtsp-server; else echo "$1"; fi
}

# restart_camera NAME: kills it, and its server: Debian's keeps the stream of a dead camera, and lets no other one in.
restart_camera() {
  signal_camera KILL "$1"
  if [ "$1" = rtsp ]; then signal_camera KILL rtsp-server; fi
}

# signal_camera SIGNAL NAME
signal_camera() {
  kill "-$1" "$(cat "$cameras/$2.pid")" 2>/dev/null || true
}

# set_camera NAME KEY VALUE: from the next time on that it begins.
set_camera() {
  sed -i "/^$2=/d" "$cameras/$1"
  echo "$2=$3" >>"$cameras/$1"
}

# make_labels FOLDER COUNT: labels for so many pictures of the size of most cameras, the same for all.
make_labels() {
  local label=$work/label.png i
  mkdir -p "$1"
  ffmpeg -nostdin -loglevel error -y -i "$root/samples/labels/000000.png" -vf scale=160:96:flags=neighbor -pix_fmt gray "$label"
  for ((i = 0; i < $2; i++)); do echo "$label"; done | xargs cat |
    split --bytes="$(stat -c %s "$label")" --numeric-suffixes --suffix-length=6 --additional-suffix=.png - "$1/"
}

# stop_job JOB: drains it, which gives a savepoint, and waits for its end. Flink stops no job whose tasks are just being
# restored: a second time, and then what the client says and what of the job failed.
stop_job() {
  local i
  for i in 1 2; do
    await_tasks
    if "$root/scripts/flink" stop --drain -p "file://$work/savepoints" "$1" >"$work/stop.log" 2>&1; then return; fi
    grep '^Caused by: ' "$work/stop.log" >&2 || cat "$work/stop.log" >&2
  done
  job_failures >&2
  fail "the job did not stop; the cluster's logs are in $STDC_CLUSTER_HOME/log"
}

# Waits until all tasks of the cluster's only job run, a minute at most.
await_tasks() {
  local end=$((SECONDS + 60)) tasks
  while [ $SECONDS -lt $end ]; do
    tasks=$(rest_get "$config" /jobs/overview) || true
    if [[ $tasks =~ \"running\":([0-9]+) ]] && [[ $tasks =~ \"total\":${BASH_REMATCH[1]}[,}] ]]; then return; fi
    sleep 0.5
  done
}

# What of the cluster's job failed since it began, each with the top of its stack; nothing if nothing did.
job_failures() {
  grep -h -A 8 ' switched from [A-Z]* to FAILED' "$STDC_CLUSTER_HOME/log/jobmanager.log" | cut -c 1-300 || true
}
