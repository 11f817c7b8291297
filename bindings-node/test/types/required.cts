// The same types through `require`.
import core = require('gateway-core')

const router: core.Router = core.Router.build(new core.Snapshot())
export const decision: core.Decision = router.route('https://a.test')
