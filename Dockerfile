# Flink with the job in it, for session clusters, application mode and the Flink operator:
#   docker build -t stdc-flink .                                            on CPUs
#   docker build -t stdc-flink:cuda --build-arg PROFILES=fast,cuda .        on NVIDIA's GPUs, too
# It runs as user 9999 and with a read-only root: what is written goes to the volumes below. docs/kubernetes.md says how.
ARG FLINK=flink:2.3.0-java17

FROM ${FLINK} AS base

FROM maven:3.9-eclipse-temurin-17 AS build
ARG PROFILES=fast
WORKDIR /src
COPY . .
COPY --from=base /opt/flink/lib /image/lib
COPY --from=base /opt/flink/conf /image/conf
RUN --mount=type=cache,target=/m2 \
    mvn --batch-mode --no-transfer-progress -Dmaven.repo.local=/m2 "-P$PROFILES" -pl '!job/stores' -DskipTests package && \
    scripts/install-flink-lib /image
# JavaCPP unpacks native libraries beside those of others, on a volume.
RUN sed -i 's|-Dai.djl.offline=true|& -Dorg.bytedeco.javacpp.cachedir=/cache/javacpp|' /image/conf/config.yaml
# Of lib only what Flink's image does not have.
RUN mkdir /image/ours && cd /image/lib && xargs -I{} mv {} /image/ours/ <stdc-job.installed

FROM base
USER root
COPY --from=build /image/ours/ /opt/flink/lib/
COPY --from=build /image/plugins/ /opt/flink/plugins/
COPY --from=build /src/job/target/stdc-job.jar /opt/flink/usrlib/stdc-job.jar
COPY --from=build --chown=9999:9999 /image/conf/config.yaml /opt/flink/conf/config.yaml
COPY LICENSE NOTICE /opt/flink/usrlib/
# For s3://; an entrypoint that should put it there could not.
RUN mkdir /opt/flink/plugins/s3-fs-hadoop && \
    ln -s /opt/flink/opt/flink-s3-fs-hadoop-*.jar /opt/flink/plugins/s3-fs-hadoop/ && \
    mkdir /cache && \
    chown 9999:9999 /cache
# Libraries are unpacked and loaded from /cache, so it must allow that programs run from there.
ENV DJL_CACHE_DIR=/cache/djl XDG_CACHE_HOME=/cache LC_ALL=C.UTF-8 NVIDIA_DRIVER_CAPABILITIES=compute,utility,video
USER 9999:9999
# Libraries; temporary files, a whole masked video for each slot where outputs are in a store; logs; what the entrypoint sets.
VOLUME ["/cache", "/tmp", "/opt/flink/log", "/opt/flink/conf"]
