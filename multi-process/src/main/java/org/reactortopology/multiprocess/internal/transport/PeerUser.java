package org.reactortopology.multiprocess.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the other side of a Unix-domain socket runs as, which the kernel knows: of one that connected since it did, of one that listens since it does.
 * Loopback TCP and some platforms do not tell.
 */
final class PeerUser {

    private static final Logger LOG = LoggerFactory.getLogger(PeerUser.class);
    private static final AtomicBoolean SKIPPED = new AtomicBoolean();

    /** Set once it is known; any thread may find it out. */
    private static volatile @Nullable UserPrincipal own;

    private PeerUser() {}

    /** This process's user, as the owner of a file that it makes in the directory of temporary files. Waits for the disk the first time. */
    static UserPrincipal own() throws IOException {
        UserPrincipal known = own;
        if (known == null) {
            Path mine = Files.createTempFile("topology-user-", "");
            try {
                known = Files.getOwner(mine, LinkOption.NOFOLLOW_LINKS);
            } finally {
                Files.delete(mine);
            }
            own = known;
        }
        return known;
    }

    /** As {@link #own}, or null where that cannot be found out, so that nobody is compared with it. */
    static @Nullable UserPrincipal ownIfKnown() {
        try {
            return own();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("the user of this process cannot be found out, so peers are not compared with it", e);
            return null;
        }
    }

    /** The name of the other side's user if it is not that one; null if it is, or nobody knows. */
    static @Nullable String otherThan(@Nullable UserPrincipal user, Channel channel) {
        UserPrincipal peer = user == null ? null : peer(channel);
        if (peer == null) {
            if (!SKIPPED.getAndSet(true)) {
                LOG.debug("the platform does not tell the user behind {}; the token alone decides", channel);
            }
            return null;
        }
        return peer.equals(user) ? null : peer.getName();
    }

    private static @Nullable UserPrincipal peer(Channel channel) {
        try {
            ChannelOption<UnixDomainPrincipal> option = NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED);
            UnixDomainPrincipal principal = channel.config().getOption(option);
            return principal == null ? null : principal.user();
        } catch (RuntimeException | LinkageError e) { // a run-time image may lack the module jdk.net
            LOG.debug("the user behind {} cannot be asked for", channel, e);
            return null;
        }
    }
}
