// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import org.apache.flink.runtime.rest.HttpMethodWrapper;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.apache.flink.runtime.rest.messages.RuntimeMessageHeaders;
import org.apache.flink.runtime.webmonitor.handlers.JarPlanRequestBody;
import org.apache.flink.runtime.webmonitor.handlers.JarRunMessageParameters;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;

/** Asks for the plan of a jar's job; Flink's own headers have parameters that nobody can fill. */
final class PlanHeaders
        implements RuntimeMessageHeaders<JarPlanRequestBody, JobPlanInfo, JarRunMessageParameters> {
    @Override
    public Class<JarPlanRequestBody> getRequestClass() {
        return JarPlanRequestBody.class;
    }

    @Override
    public Class<JobPlanInfo> getResponseClass() {
        return JobPlanInfo.class;
    }

    @Override
    public HttpResponseStatus getResponseStatusCode() {
        return HttpResponseStatus.OK;
    }

    @Override
    public JarRunMessageParameters getUnresolvedMessageParameters() {
        return new JarRunMessageParameters();
    }

    @Override
    public HttpMethodWrapper getHttpMethod() {
        return HttpMethodWrapper.POST;
    }

    @Override
    public String getTargetRestEndpointURL() {
        return "/jars/:jarid/plan";
    }

    @Override
    public String getDescription() {
        return "The plan of the job that a jar's main class makes.";
    }
}
