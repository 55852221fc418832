/**
 * Video and pictures in and out: decoding, overlay, encoding of segments, joining them. The only
 * package that touches FFmpeg.
 */
package io.stdcseg.video;
