# SPDX-FileCopyrightText: The stdc-flink authors
# SPDX-License-Identifier: Apache-2.0
"""A camera behind GStreamer's RTSP server, whose clock is SHIFT seconds before ours: camera.py PORT tcp|udp SHIFT"""
import sys

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstRtsp', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, GObject, Gst, GstRtsp, GstRtspServer  # noqa: E402

SECONDS_FROM_1900_TO_1970 = 2208988800
NTP_TIME_FROM_CLOCK = 3

port, transport, shift = sys.argv[1], sys.argv[2], float(sys.argv[3])
Gst.init(None)
clock = GObject.new(Gst.SystemClock.__gtype__, **{'clock-type': Gst.ClockType.REALTIME})
now = clock.get_internal_time()
clock.set_calibration(now, now + int((SECONDS_FROM_1900_TO_1970 + shift) * 1e9), 1, 1)


def tell_camera_time(_pipeline, _bin, element):
    if element.find_property('ntp-time-source'):
        element.set_property('ntp-time-source', NTP_TIME_FROM_CLOCK)


def configure(_factory, media):
    media.get_element().get_parent().connect('deep-element-added', tell_camera_time)


factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch('( videotestsrc is-live=true ! video/x-raw,format=I420,width=64,height=48,framerate=25/1'
                   ' ! jpegenc ! rtpjpegpay name=pay0 pt=26 )')
factory.set_shared(True)
factory.set_protocols(getattr(GstRtsp.RTSPLowerTrans, transport.upper()))
factory.set_clock(clock)
factory.connect('media-configure', configure)
server = GstRtspServer.RTSPServer()
server.set_address('127.0.0.1')
server.set_service(port)
server.get_mount_points().add_factory('/camera', factory)
server.attach(None)
print('ready', flush=True)
GLib.MainLoop().run()
