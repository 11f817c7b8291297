package kubelet

import (
	"fmt"
	"net"

	"github.com/miekg/dns"
)

// whoamiZone is the zone of the suite's Corefile that CoreDNS answers by itself, with its plugin "whoami".
const whoamiZone = "foo.bar.com."

// serveDNS stands for CoreDNS with the suite's Corefile, less the upstream resolvers: other names are refused.
func serveDNS(address string, log func(string)) (*forwarder, error) {
	packets, err := net.ListenPacket("udp", address)
	if err != nil {
		return nil, err
	}
	server := &dns.Server{PacketConn: packets, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, query *dns.Msg) {
		answer := whoami(query, w.RemoteAddr())
		log(fmt.Sprintf("[INFO] %s %v %s", w.RemoteAddr(), query.Question, dns.RcodeToString[answer.Rcode]))
		if err := w.WriteMsg(answer); err != nil {
			log("[ERROR] " + err.Error())
		}
	})}
	f := &forwarder{close: packets.Close}
	f.done.Go(func() {
		// Ends with an error when the Pod is deleted, as its socket is closed then.
		_ = server.ActivateAndServe()
	})
	return f, nil
}

// whoami names the client in the additional section, its port in an SRV record.
func whoami(query *dns.Msg, client net.Addr) *dns.Msg {
	answer := new(dns.Msg)
	answer.SetReply(query)
	answer.Authoritative = true
	udp, ok := client.(*net.UDPAddr)
	if !ok || len(query.Question) != 1 || !dns.IsSubDomain(whoamiZone, query.Question[0].Name) {
		answer.Authoritative = false
		answer.Rcode = dns.RcodeRefused
		return answer
	}
	name, class := query.Question[0].Name, query.Question[0].Qclass
	var address dns.RR = &dns.AAAA{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeAAAA, Class: class}, AAAA: udp.IP}
	if v4 := udp.IP.To4(); v4 != nil {
		address = &dns.A{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeA, Class: class}, A: v4}
	}
	port := &dns.SRV{
		Hdr:    dns.RR_Header{Name: "_udp." + name, Rrtype: dns.TypeSRV, Class: class},
		Port:   uint16(udp.Port),
		Target: ".",
	}
	answer.Extra = []dns.RR{address, port}
	return answer
}
