/** Data sets on disk as events. */
package dev.kedge.jobs.laboratory.data;
