#!/bin/sh
# The kedge command in a container that is built on Flink's own image.
exec java \
    --add-opens=java.base/java.util=ALL-UNNAMED \
    --add-opens=java.base/java.lang=ALL-UNNAMED \
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED \
    --add-opens=java.base/java.net=ALL-UNNAMED \
    --add-opens=java.base/java.nio=ALL-UNNAMED \
    -XX:+UseSerialGC -Djava.awt.headless=true -Dkedge.log.dir=/tmp/kedge-logs \
    -Dkedge.job-jar=/opt/flink/usrlib/kedge-job.jar \
    -cp '/opt/kedge/lib/*:/opt/flink/lib/*' dev.kedge.jobs.command.Kedge "$@"
